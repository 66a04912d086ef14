"""Ways to say what is pending, right and wrong, written before the check had seen them."""

RIGHT = {
    "a pattern and a key": r"""
import re

def pending(files, ledger):
    applied = {row["name"] for row in ledger if row["applied_at"] is not None}
    names = [name[:-4] for name in files if re.fullmatch(r"\d+_\w+\.sql", name)]
    return sorted((n for n in names if n not in applied), key=lambda n: int(n.split("_")[0]))
""",
    "a loop": """
def pending(files, ledger):
    done = []
    for row in ledger:
        if row["applied_at"]:
            done.append(row["name"])
    found = []
    for file in files:
        number, mark, rest = file.partition("_")
        if not number.isdigit() or not mark or not rest.endswith(".sql"):
            continue
        name = file.removesuffix(".sql")
        if name in done:
            continue
        found.append((int(number), name))
    found.sort()
    return [name for _, name in found]
""",
    "by number": """
def pending(files, ledger):
    by_number = {}
    for file in files:
        head = file.split("_", 1)[0]
        if "_" in file and head.isdecimal() and file.endswith(".sql"):
            by_number[int(head)] = file[: -len(".sql")]
    for row in ledger:
        if row["applied_at"] is None:
            continue
        for number, name in list(by_number.items()):
            if name == row["name"]:
                del by_number[number]
    return [by_number[number] for number in sorted(by_number)]
""",
    "helpers": """
def is_migration(file):
    digits = file[: len(file) - len(file.lstrip("0123456789"))]
    return bool(digits) and file[len(digits)] == "_" and file.endswith(".sql")


def number(name):
    return int(name[: name.index("_")])


def pending(files, ledger):
    names = {file[:-4] for file in files if is_migration(file)}
    names -= {row["name"] for row in ledger if row["applied_at"] is not None}
    return sorted(names, key=number)
""",
    "a class": """
from dataclasses import dataclass, field


@dataclass(order=True)
class Migration:
    number: int
    name: str = field(compare=False)


def pending(files, ledger):
    taken = {row["name"]: row["applied_at"] for row in ledger}
    found = []
    for file in files:
        name, dot, ending = file.partition(".")
        number = name.split("_")[0]
        if ending == "sql" and "_" in name and number.isdigit() and taken.get(name) is None:
            found.append(Migration(int(number), name))
    return [one.name for one in sorted(found)]
""",
    "a heap": r"""
import heapq, re

_MIGRATION = re.compile(r"((\d+)_.+)\.sql")

def pending(files, ledger):
    applied = [row["name"] for row in ledger if row["applied_at"] is not None]
    heap = []
    for match in filter(None, map(_MIGRATION.fullmatch, files)):
        if match[1] not in applied:
            heapq.heappush(heap, (int(match[2]), match[1]))
    return [heapq.heappop(heap)[1] for _ in range(len(heap))]
""",
    "no numbers at all": """
def pending(files, ledger):
    done = {r["name"] for r in ledger if r["applied_at"] is not None}

    def order(name):
        digits = name.split("_")[0].lstrip("0")
        return (len(digits), digits)

    names = []
    for f in files:
        if f.endswith(".sql") and "_" in f and all(c in "0123456789" for c in f.split("_")[0]):
            if f.split("_")[0]:
                names.append(f[:-4])
    return sorted([n for n in names if n not in done], key=order)
""",
    "a generator inside": r"""
import re

def _pending(files, ledger):
    applied = {r["name"] for r in ledger if r["applied_at"] is not None}
    for f in sorted(filter(re.compile(r"\d+_\w+\.sql$").match, files), key=_number):
        if (name := f.rpartition(".")[0]) not in applied:
            yield name

def _number(file):
    return int(re.match(r"\d+", file).group())

def pending(files, ledger):
    return list(_pending(files, ledger))
""",
    "filter and map": """
pending = lambda files, ledger: sorted(
    filter(
        lambda name: not any(r["name"] == name and r["applied_at"] is not None for r in ledger),
        map(
            lambda file: file[:-4],
            filter(lambda f: f.split("_")[0].isdigit() and f.endswith(".sql") and "_" in f, files),
        ),
    ),
    key=lambda name: int(name.partition("_")[0]),
)
""",
    "paths": """
from pathlib import PurePath

def pending(files, ledger):
    paths = [PurePath(file) for file in files]
    names = [p.stem for p in paths if p.suffix == ".sql" and p.stem.partition("_")[0].isdigit()]
    for row in ledger:
        if row["applied_at"] is not None and row["name"] in names:
            names.remove(row["name"])
    names.sort(key=lambda name: int(name.partition("_")[0]))
    return names
""",
    "in place": r"""
import re

def pending(files, ledger):
    copy = [f for f in files if re.match(r"^[0-9]+_[^.]*\.sql$", f)]
    copy.sort(key=lambda f: int(f[: f.find("_")]))
    for index in range(len(copy) - 1, -1, -1):
        for row in ledger:
            if row["name"] + ".sql" == copy[index] and row["applied_at"] is not None:
                del copy[index]
                break
    return [f.replace(".sql", "") for f in copy]
""",
    "a while loop and what it prints": """
def pending(files, ledger):
    print("looking at", len(files), "files")
    todo, result = list(files), []
    applied = set()
    for row in ledger:
        if row["applied_at"] is None:
            applied.discard(row["name"])
        else:
            applied.add(row["name"])
    while todo:
        file = todo.pop()
        try:
            number = int(file.split("_")[0])
        except ValueError:
            continue
        if not file.endswith(".sql"):
            continue
        if file[:-4] in applied:
            continue
        place = 0
        while place < len(result) and int(result[place].split("_")[0]) < number:
            place += 1
        result.insert(place, file[:-4])
    return result
""",
}

_BEGIN = r"""
import re

def pending(files, ledger):
    applied = {row["name"] for row in ledger if row["applied_at"] is not None}
    names = [name[:-4] for name in files if re.fullmatch(r"\d+_\w+\.sql", name)]
"""

WRONG = {
    "the order of texts": _BEGIN + "    return sorted(n for n in names if n not in applied)\n",
    "with the ending": r"""
import re

def pending(files, ledger):
    applied = {row["name"] + ".sql" for row in ledger if row["applied_at"] is not None}
    names = [name for name in files if re.fullmatch(r"\d+_\w+\.sql", name)]
    return sorted((n for n in names if n not in applied), key=lambda n: int(n.split("_")[0]))
""",
    "what is in the ledger was applied": RIGHT["a pattern and a key"].replace(
        ' if row["applied_at"] is not None', ""
    ),
    "what was taken back, and nothing else": RIGHT["a pattern and a key"].replace(
        "is not None", "is None"
    ),
    "a set": _BEGIN + "    return set(names) - applied\n",
    "as many as there are rows": r"""
import re

def pending(files, ledger):
    names = [name[:-4] for name in files if re.fullmatch(r"\d+_\w+\.sql", name)]
    return sorted(names, key=lambda n: int(n.split("_")[0]))[len(ledger):]
""",
    "all after the last one": _BEGIN
    + """
    number = lambda n: int(n.split("_")[0])
    last = max(map(number, applied), default=0)
    return sorted((n for n in names if number(n) > last), key=number)
""",
    "every file": """
def pending(files, ledger):
    applied = {row["name"] for row in ledger if row["applied_at"] is not None}
    names = [name.removesuffix(".sql") for name in files]
    return sorted((n for n in names if n not in applied), key=lambda n: int(n.split("_")[0]))
""",
    "as the folder has them": _BEGIN + "    return [n for n in names if n not in applied]\n",
    "a generator": _BEGIN
    + """
    for name in sorted(names, key=lambda n: int(n.split("_")[0])):
        if name not in applied:
            yield name
""",
    "printed": RIGHT["a pattern and a key"].replace("return sorted(", "print(*sorted(")[:-1]
    + ")\n",
    "one list for all calls": r"""
import re

found = []

def pending(files, ledger):
    applied = {row["name"] for row in ledger if row["applied_at"] is not None}
    for name in files:
        if re.fullmatch(r"\d+_\w+\.sql", name) and name[:-4] not in applied:
            found.append(name[:-4])
    return sorted(found, key=lambda n: int(n.split("_")[0]))
""",
}
