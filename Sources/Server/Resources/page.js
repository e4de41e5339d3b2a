// The verifying page: takes the files, has them digested, asks the server, shows the answer.
import { digestsOf } from "./digests.js";
import { commandLine, make, showProblem, showResult } from "./results.js";
import { preferredLanguage, say, speak } from "./words.js";

/** The server's limit for an evidence file. */
const evidenceLimitBytes = 24 * 1024 * 1024;
/** How every ZIP that holds a file begins. */
const zipSignature = [0x50, 0x4b, 0x03, 0x04];

const at = (id) => document.getElementById(id);
const evidenceInput = at("evidence"), fileInput = at("file"), checkButton = at("check");

/** What the person chose: {name, bytes}, and {name, digests, stop}, where digests is a promise and stop ends its reading. */
let evidence = null;
let registered = null;
let lastAnswer = null;

function sizeText(bytes) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    for (; bytes >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
    return `${unit === 0 ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}

function forgetResult() {
    at("problem").hidden = true;
    at("result").hidden = true;
    lastAnswer = null;
}

// --- Choosing ---

async function chooseEvidence(file) {
    forgetResult();
    evidence = null;
    checkButton.disabled = true;
    at("evidence-chosen").textContent = "";
    if (!file) return;
    if (file.size > evidenceLimitBytes) return showProblem(at("problem"), say("evidenceTooLarge", { name: file.name }));
    try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        if (zipSignature.some((byte, i) => bytes[i] !== byte)) {
            return showProblem(at("problem"), say("notEvidence", { name: file.name }));
        }
        evidence = { name: file.name, bytes };
    } catch {
        return showProblem(at("problem"), say("unreadable", { name: file.name }));
    }
    at("evidence-chosen").textContent = say("evidenceReady", { name: file.name, size: sizeText(file.size) });
    checkButton.disabled = false;
}

function chooseFile(file) {
    forgetResult();
    registered?.stop();
    registered = null;
    at("digests").hidden = true;
    at("progress").hidden = true;
    at("file-chosen").textContent = "";
    if (!file) return;

    const progress = at("progress");
    progress.value = 0;
    progress.hidden = false;
    const chosen = digesting(file, (done) => {
        progress.value = file.size === 0 ? 1 : done / file.size;
        at("file-chosen").textContent = say("reading", { percent: Math.floor(progress.value * 100) });
    });
    registered = chosen;
    chosen.digests.then((digests) => {
        if (registered !== chosen) return;
        progress.hidden = true;
        at("file-chosen").textContent = say("fileReady", { name: file.name, size: sizeText(file.size) });
        showDigests(file.name, digests);
    }, () => {
        if (registered !== chosen) return;
        chooseFile(null);
        fileInput.value = "";
        showProblem(at("problem"), say("unreadable", { name: file.name }));
    });
}

/** Starts digesting in a worker, or on this thread where workers are not to be had. */
function digesting(file, progress) {
    let worker = null;
    try {
        worker = new Worker("digest-worker.js", { type: "module" });
    } catch {
        return { name: file.name, digests: digestsOf(file, progress), stop: () => {} };
    }
    const digests = new Promise((resolve, reject) => {
        let hasStarted = false;
        worker.onmessage = ({ data }) => {
            hasStarted = true;
            if (data.done !== undefined) return progress(data.done);
            worker.terminate();
            data.digests ? resolve(data.digests) : reject(new Error(data.failure));
        };
        // A worker that cannot be loaded says so here, before it has reported anything.
        worker.onerror = () => {
            worker.terminate();
            hasStarted ? reject(new Error("worker")) : resolve(digestsOf(file, progress));
        };
        worker.postMessage(file);
    });
    return { name: file.name, digests, stop: () => worker.terminate() };
}

function showDigests(name, digests) {
    const list = at("digests");
    const quoted = `'${name.replaceAll("'", "'\\''")}'`;
    list.replaceChildren(
        make("dt", "", "SHA-256"), make("dd", "", digests.sha256, commandLine(`sha256sum ${quoted}`)),
        make("dt", "", "SM3"), make("dd", "", digests.sm3, commandLine(`openssl dgst -sm3 ${quoted}`)));
    list.hidden = false;
}

// --- Checking ---

async function check(event) {
    event.preventDefault();
    if (!evidence) return;
    forgetResult();
    // Nothing can be chosen meanwhile, so that the answer belongs to what is shown.
    at("form").inert = true;
    at("state").textContent = say("working");
    try {
        await ask();
    } catch (error) {
        showProblem(at("problem"), error.message);
    } finally {
        at("form").inert = false;
        at("state").textContent = "";
    }
    if (at("result").hidden) return checkButton.focus();
    at("result").focus();
    at("result").scrollIntoView({ block: "start" });
}

/** What the promise gives; if it fails, an error with that sentence instead of the browser's own. */
function orSay(promise, name, values) {
    return promise.catch(() => { throw new Error(say(name, values)); });
}

async function ask() {
    const body = new FormData();
    body.append("evidence", new Blob([evidence.bytes], { type: "application/vnd.etsi.asic-e+zip" }), "evidence.asice");
    const digests = registered ? await orSay(registered.digests, "unreadable", { name: registered.name }) : null;
    if (digests) {
        body.append("sha256", digests.sha256);
        body.append("sm3", digests.sm3);
        body.append("size", String(digests.size));
    }
    const headers = { Accept: "application/json, application/problem+json" };
    const response = await orSay(fetch("v1/verifications", { method: "POST", body, headers }), "unreachable");
    let answer = null;
    try { answer = await response.json(); } catch { /* Not JSON: told below. */ }
    if (!response.ok || typeof answer?.verdict !== "string") return refuse(response, answer);
    lastAnswer = { answer, fileChosen: digests !== null };
    showResult(at("result"), answer, lastAnswer.fileChosen);
}

function refuse(response, answer) {
    const sentences = [answer?.title, answer?.detail].filter((part) => typeof part === "string" && part !== "");
    const sentence = sentences.map((part) => (/[.。!?]$/.test(part) ? part : `${part}.`)).join(" ");
    showProblem(at("problem"), sentence || say("unexpected", { status: response.status }), answer?.code);
}

// --- Wiring ---

/** Files dropped anywhere: those ending in .asice are evidence, any other is the registered file. */
function drop(event) {
    event.preventDefault();
    document.body.classList.remove("dropping");
    if (at("form").inert) return;
    for (const file of event.dataTransfer.files) {
        const isEvidence = /\.asice$/i.test(file.name) || event.target.closest?.("#evidence-choice");
        isEvidence ? chooseEvidence(file) : chooseFile(file);
    }
}

evidenceInput.addEventListener("change", () => chooseEvidence(evidenceInput.files[0]));
fileInput.addEventListener("change", () => chooseFile(fileInput.files[0]));
at("form").addEventListener("submit", check);
document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
});
document.addEventListener("drop", drop);
for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
        speak(button.dataset.language);
        if (lastAnswer) showResult(at("result"), lastAnswer.answer, lastAnswer.fileChosen);
    });
}
// On paper nothing can be opened, so everything is.
addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
});
speak(preferredLanguage());
// A reload may keep what was chosen before.
if (evidenceInput.files[0]) chooseEvidence(evidenceInput.files[0]);
if (fileInput.files[0]) chooseFile(fileInput.files[0]);
