import Anchoring
import Foundation
import MerkleLog

/// The operator's policy over witnesses, read at start.
enum WitnessPolicyFile {
    /// - Throws: ``NotaryError`` with `.authorityFailed` when the file does not read, lists logs and not this one, or
    ///   gives no witness a URL.
    static func read(_ path: String, logKeys: [VerifierKey]) throws -> TlogPolicy {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw NotaryError(.authorityFailed, "The witness policy \(path) is missing or not readable.")
        }
        let policy: TlogPolicy
        do throws(PolicyError) {
            policy = try TlogPolicy(parsing: Array(data))
        } catch {
            throw NotaryError(.authorityFailed, "The witness policy \(path) does not read. \(error.message)")
        }
        guard String(validating: policy.bytes, as: UTF8.self) != nil else {
            throw NotaryError(
                .authorityFailed,
                "The witness policy \(path) is not UTF-8, and the trust bundle must be."
            )
        }
        guard logKeys.contains(where: policy.accepts(log:)) else {
            throw NotaryError(
                .authorityFailed,
                "The witness policy \(path) lists other logs than this one. Add this log's key to it."
            )
        }
        for witness in policy.witnesses {
            guard let url = witness.url, url.hasPrefix("http://") || url.hasPrefix("https://") else {
                throw NotaryError(
                    .authorityFailed,
                    "The witness \(witness.name) in \(path) has no http or https URL to send checkpoints to."
                )
            }
        }
        return policy
    }
}
