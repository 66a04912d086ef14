// The quiz on the page: draws the plain dictionary `page` and sends intents to the kernel.

/**
 * @typedef {{id: string, title: string, questions: QuestionPage[], finished: boolean,
 *   progress: string, ending: string[], look_again: {topic: string, see: string}[]}} Page
 * @typedef {{get(name: string): any, on(event: string, act: () => void): void,
 *   off(event: string, act: () => void): void, send(content: object): void,
 *   widget_manager?: any}} Model
 */

const NO_REPLY_MS = 12000;
const NO_REPLY =
  "No reply from the kernel yet. If a cell is running, wait for it. If the kernel was " +
  "restarted, run this cell again: the answers given before are kept.";

const BUSY = "The answer before this one is still being judged. Press Answer again in a moment.";

/** How each kind of question is drawn. @type {Record<string, (start: QuestionPage, tools: Tools) => Body>} */
const KINDS = {
  "one-choice": drawChoices,
  "several-choices": drawChoices,
  predict: drawChoices,
  "predict-value": drawTyped,
  "fill-in": drawTyped,
  number: drawTyped,
  order: drawOrder,
  match: drawMatch,
  review: drawReview,
};

/** @param {{model: Model, el: HTMLElement}} host */
function render({ model, el }) {
  const view = `${PREFIX}-${Math.random().toString(36).slice(2, 10)}`;
  const first = /** @type {Page} */ (model.get("page"));
  let local = "";
  let pending = "";
  let timer = 0;
  let speaking = 0;
  let since = performance.now();

  const root = make("section", "root");
  root.classList.add(PREFIX);
  const title = make("h3", "title", `Quiz: ${first.title}`);
  title.id = `${view}-title`;
  root.setAttribute("aria-labelledby", title.id);
  const status = make("p", "status");
  const progress = make("p", "progress");
  const ending = make("div", "ending");
  const again = make("div", "again");
  const topics = make("ul", "topics");
  again.append(make("p", "again-title", "Look again at:"), topics);
  const live = make("div", "live");
  live.setAttribute("role", "status");

  /** One announcement; emptied first so that the same words are spoken again. @param {string} text */
  const say = (text) => {
    clearTimeout(speaking);
    live.textContent = "";
    speaking = setTimeout(() => (live.textContent = plain(text)), 60);
  };
  /** A sentence of this view, such as a silent kernel. @param {string} text */
  const tell = (text) => {
    local = text;
    drawStatus();
    if (text) say(text);
  };
  const drawStatus = () => show(status, [local, model.get("status")].filter(Boolean).join(" "));
  const settle = () => {
    pending = "";
    clearTimeout(timer);
    local = "";
  };
  const fail = () => {
    settle();
    draw();
    tell(NO_REPLY);
  };

  /** @type {Tools["answer"]} */
  const answer = (question, given, sure) => {
    if (pending) {
      if (pending !== question) tell(BUSY);
      return;
    }
    pending = question;
    timer = setTimeout(fail, NO_REPLY_MS);
    const seconds = Math.round((performance.now() - since) / 1000);
    try {
      model.send({ type: "answer", question, given, sure, seconds });
      views[first.questions.findIndex(({ id }) => id === question)].wait(true);
    } catch {
      fail();
    }
  };

  const tries = new Map(first.questions.map((question) => [question.id, question.tries]));
  const count = first.questions.length;
  const views = first.questions.map((question, index) =>
    drawQuestion(
      question,
      {
        name: `${view}-${index}`,
        number: `Question ${index + 1} of ${count}`,
        hint: tell,
        say,
        submit: () => {},
        answer,
      },
      KINDS[question.kind],
    ),
  );
  root.append(title, status, ...views.map(({ root }) => root), progress, ending, again, live);

  let replies = model.get("reply");
  const draw = () => {
    const page = /** @type {Page} */ (model.get("page"));
    let said = "";
    page.questions.forEach((question, index) => {
      const answered = question.tries > (tries.get(question.id) ?? 0);
      const mine = answered && pending === question.id;
      tries.set(question.id, question.tries);
      views[index].update(question, mine);
      if (mine) said = [question.said, page.progress, ...page.ending].join(" ");
    });
    show(progress, page.progress);
    root.dataset.finished = String(page.finished);
    const end = page.ending.join("\n");
    if (ending.dataset.list !== end) {
      ending.dataset.list = end;
      ending.replaceChildren(...page.ending.map((text) => make("p", "ending-line", text)));
    }
    ending.hidden = page.ending.length === 0;
    const list = JSON.stringify(page.look_again);
    if (topics.dataset.list !== list) {
      topics.dataset.list = list;
      topics.replaceChildren(...page.look_again.map(makeTopic));
    }
    again.hidden = page.look_again.length === 0;
    const replied = model.get("reply") !== replies;
    replies = model.get("reply");
    // Only the view in which the answer was given speaks.
    if (pending && replied) {
      settle();
      since = performance.now();
      say([said, model.get("status")].filter(Boolean).join(" "));
    }
    drawStatus();
    mirror(model);
  };
  let due = false;
  // Page, status and reply arrive together and must be drawn together.
  const drawSoon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      draw();
    });
  };

  const letKeysGo = keepKeys(root);
  draw();
  const events = ["change:page", "change:status", "change:reply"];
  for (const event of events) model.on(event, drawSoon);
  el.append(root);
  return () => {
    clearTimeout(timer);
    clearTimeout(speaking);
    letKeysGo();
    for (const event of events) model.off(event, drawSoon);
  };
}

export default { render };
