// Digests one file off the page's own thread. In: a File. Out: {done}, then {digests} or {failure}.
import { digestsOf } from "./digests.js";

self.onmessage = async (event) => {
    try {
        self.postMessage({ digests: await digestsOf(event.data, (done) => self.postMessage({ done })) });
    } catch (error) {
        self.postMessage({ failure: error.name });
    }
};
