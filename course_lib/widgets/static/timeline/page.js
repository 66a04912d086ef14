// @ts-check
// What the kernel tells of a timeline, as the page reads it.

/**
 * @typedef {"same" | "new" | "gone" | "changed"} Mark
 * @typedef {{name: string, state: string, letter: string, words: string, here: boolean,
 *   to: string}} Stop
 * @typedef {{name: string, mark: Mark, lines: {mark: Mark, name: string, left: string,
 *   right: string}[], rows_left: number | null, rows_right: number | null,
 *   sample: {columns: string[], marks: Mark[], rows: (string | null)[][]} | null}} TableView
 * @typedef {{database: string, name: string, stops: Stop[], stages: {name: string, sign: string,
 *   words: string, lit: boolean}[], advice: string, said: string, tone: string, notes: string[],
 *   problems: string[], code: string, script: string[], turn: number,
 *   states: {number: number, label: string}[], state: number, against: string, sides: string[],
 *   tables: TableView[], steps: {title: string, where: string, steps: {sql: string, words: string,
 *   mark: string, note: string}[]} | null, ledger: {columns: string[], rows: string[][]},
 *   actions: {id: string, label: string, code: string}[], statements: number}} Page
 */

const SIGNS = { same: "", new: "+", gone: "−", changed: "~" };
