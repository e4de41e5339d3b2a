import Anchoring
import MerkleLog
import OpenSSL

/// Whose word counts in one check: that of the keys and roots the checker chose, and of no others once any were chosen.
/// If none were, those in the evidence file are used, so that the checks run at all, and the report says so.
struct CheckerTrust {
    let chosen: TrustBundle?
    /// What lies under `trust/` in the evidence file.
    let seen: TrustBundle

    var logKeys: [VerifierKey] { chosen?.logKeys ?? seen.logKeys }

    /// Whom ledgers and calendars are judged by: those that the checker chose alone. The evidence file has no blocks, and
    /// endorsers' roots that it brings itself would vouch for nothing.
    var anchors: AnchorTrust {
        AnchorTrust(blocks: chosen?.blocks ?? [], endorserRoots: chosen?.endorserRoots ?? [])
    }

    /// A timestamp that is sound in itself, and whether an authority that counts vouches for it.
    struct JudgedTimestamp {
        let timestamp: VerifiedTimestamp
        let isVouchedFor: Bool
    }

    /// - Throws: ``TimestampError`` when it is not sound under any root at hand.
    func judged(_ response: [UInt8], over data: [UInt8]) throws(TimestampError) -> JudgedTimestamp {
        let timestamp = try UnverifiedTimestamp(response: response)
        do throws(TimestampError) {
            let roots = chosen?.timestampRoots ?? seen.timestampRoots
            return JudgedTimestamp(
                timestamp: try timestamp.verified(data: data, trust: .roots(roots)),
                isVouchedFor: true
            )
        } catch {
            guard chosen != nil,
                let sound = try? timestamp.verified(data: data, trust: .roots(seen.timestampRoots))
            else { throw error }
            return JudgedTimestamp(timestamp: sound, isVouchedFor: false)
        }
    }
}
