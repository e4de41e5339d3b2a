// Draws the verifier's answer: verdict, what was claimed, the checks in groups, what must still be trusted.
// Everything from the answer is put in as text, never as markup.
import { say } from "./words.js";

const groups = ["file", "container", "record", "log", "time", "anchor", "trust"];
const statuses = ["passed", "failed", "not present", "not run"];
const marks = { passed: "✓", failed: "✕", "not present": "–", "not run": "○" };

/** An element with a class, children and text from its arguments. */
export function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

/** A command in a frame with a button that copies it. */
export function commandLine(command) {
    const code = make("code", "command", command);
    const button = make("button", "copy", say("copy"));
    button.type = "button";
    button.addEventListener("click", async () => {
        if (await copied(command, code)) button.textContent = say("copied");
        setTimeout(() => { button.textContent = say("copy"); }, 2000);
    });
    return make("div", "command-line", code, button);
}

/** Copies a text; without the clipboard (absent on plain HTTP) by selecting what is shown. */
async function copied(text, shown) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        getSelection().selectAllChildren(shown);
        return document.execCommand("copy");
    }
}

/** Name and value side by side; a literal value stands in fixed-width type. */
function fact(name, value, isLiteral = false) {
    return [make("dt", "", name), make("dd", isLiteral ? "literal" : "", String(value))];
}

/** The group of a check: as stated, else the part of its name before the dot. */
function groupOf(check) {
    const group = check.group ?? String(check.name ?? "").split(".")[0];
    return groups.includes(group) ? group : "other";
}

function checkItem(check) {
    const status = statuses.includes(check.status) ? check.status : "not run";
    const label = make("span", "status", make("span", "mark", marks[status]), say(status));
    label.firstChild.setAttribute("aria-hidden", "true");
    const facts = make("dl", "facts");
    for (const part of ["expected", "found", "remains", "rule"]) {
        if (check[part]) facts.append(...fact(say(part), check[part], part === "expected" || part === "found"));
    }
    const item = make("details", `check ${status.replace(" ", "-")}`);
    item.open = status === "failed";
    item.append(make("summary", "", label, make("span", "title", check.title ?? check.name ?? "")));
    if (check.detail) item.append(make("p", "", check.detail));
    if (facts.childElementCount > 0) item.append(facts);
    if (check.command) item.append(make("p", "redo", say("command")), commandLine(check.command));
    return make("li", "", item);
}

/** The sentence at the top. It is never a bare yes: it counts what was not run, or names what failed. */
function verdict(answer, checks) {
    const failed = checks.find((check) => check.status === "failed");
    if (failed || answer.verdict !== "consistent") {
        return say("inconsistent", { title: failed?.title ?? failed?.name ?? answer.summary ?? "" });
    }
    const run = checks.filter((check) => check.status === "passed").length;
    const rest = checks.length - run;
    return say(rest === 0 ? "consistentAll" : "consistent", { run, rest });
}

function banner(answer, checks, fileChosen) {
    const text = verdict(answer, checks);
    const isConsistent = answer.verdict === "consistent" && !checks.some((check) => check.status === "failed");
    const heading = make("h2", "", make("span", "mark", isConsistent ? "✓" : "✕"), text);
    heading.firstChild.setAttribute("aria-hidden", "true");
    const section = make("header", `banner ${isConsistent ? "passed" : "failed"}`, heading);
    if (!fileChosen) section.append(make("p", "", say("withoutFile")));
    if (answer.summary && answer.summary !== text) section.append(make("p", "summary", answer.summary));
    return section;
}

function claimSection(answer) {
    const facts = make("dl", "facts");
    for (const [field, value] of Object.entries(answer.claim ?? {})) {
        const name = say(`claim_${field}`);
        if (value) facts.append(...fact(name === `claim_${field}` ? field : name, value));
    }
    const section = make("section", "claim");
    if (facts.childElementCount > 0) {
        section.append(make("h3", "", say("claimHeading"), " ", make("em", "", say("claimLabel"))), facts);
    }
    const outer = make("dl", "facts");
    if (answer.receivedAt) outer.append(...fact(say("receivedAt"), answer.receivedAt));
    if (answer.id) outer.append(...fact(say("registration"), answer.id, true));
    section.append(outer);
    return section;
}

/** Fills `place` with the answer of `/v1/verifications`. */
export function showResult(place, answer, fileChosen) {
    const checks = Array.isArray(answer.checks) ? answer.checks : [];
    place.replaceChildren(banner(answer, checks, fileChosen), claimSection(answer));
    for (const group of [...groups, "other"]) {
        const members = checks.filter((check) => groupOf(check) === group);
        if (members.length === 0) continue;
        place.append(make("section", "group",
            make("h3", "", say(`group_${group}`)), make("ul", "checks", ...members.map(checkItem))));
    }
    if (answer.remains?.length > 0) {
        place.append(make("section", "remains",
            make("h3", "", say("remainsHeading")), make("ul", "", ...answer.remains.map((each) => make("li", "", each)))));
    }
    place.hidden = false;
}

/** Shows what went wrong as a sentence, with the server's code if there is one. */
export function showProblem(place, sentence, code) {
    place.replaceChildren(make("p", "", sentence));
    if (code) place.append(make("p", "code", make("code", "", code)));
    place.hidden = false;
}
