public import OpenSSL
import SwiftASN1

/// A timestamp from outside. Its fields may be shown, as claims; only
/// ``verified(imprint:request:trust:untrusted:atSeconds:)`` makes them facts.
public struct UnverifiedTimestamp: Sendable {
    /// Real responses are 1 to 10 kB; some carry their authority's revocation lists.
    public static let byteLimit = 64 * 1024

    /// The whole response as received, the content of a `.tsr` file.
    public let der: [UInt8]
    public let response: TimestampResponse

    /// Parses a whole TimeStampResp.
    ///
    /// The encoding must be DER but for one thing: the order within SETs is not looked at, since authorities that sort
    /// wrongly are many and OpenSSL takes them.
    ///
    /// - Throws: ``TimestampError`` with code `.tooLarge`, `.malformed` or `.trailingBytes`.
    public init(response der: [UInt8]) throws(TimestampError) {
        guard der.count <= Self.byteLimit else {
            throw TimestampError(.tooLarge, "A timestamp response is at most \(Self.byteLimit) bytes.")
        }
        let root: ASN1Node
        do { root = try StrictDER.parse(der) } catch { throw TimestampError(error, of: "timestamp response") }
        self.der = der
        do {
            response = try TimestampResponse(der: StrippedResponse.der(root))
        } catch {
            throw TimestampError(error, outsideValidity: .malformed)
        }
    }

    /// Checks everything `openssl ts -verify -attime` does, and that the signer's certificate is for timestamping
    /// alone and was valid at genTime.
    ///
    /// - Parameters:
    ///   - imprint: Of the data that the timestamp is for.
    ///   - request: What was asked; its nonce and policy, if any, must come back.
    ///   - untrusted: Certificates that may be needed for the chain and are not in the timestamp.
    ///   - seconds: The chain is judged as of this time, since 1970; as of genTime if `nil`.
    /// - Throws: ``TimestampError``; see its codes.
    public func verified(
        imprint: TimestampImprint,
        request: TimestampRequest? = nil,
        trust: TimestampTrust,
        untrusted: [SigningCertificate] = [],
        atSeconds seconds: Int64? = nil
    ) throws(TimestampError) -> VerifiedTimestamp {
        let token = try grantedToken()
        guard let algorithm = token.imprintAlgorithm else {
            throw TimestampError(.unsupportedDigest, "Digest algorithm \(token.imprintAlgorithmOID) is not supported.")
        }
        guard algorithm == imprint.algorithm, token.imprint == imprint.digest else {
            throw TimestampError(.imprintMismatch, "The timestamp is for other data.")
        }
        try check(token, answers: request)
        let chain = try chain(of: token, trust: trust, untrusted: untrusted, atSeconds: seconds)
        guard let authority = chain.first, authority.notBefore <= token.genTimeSeconds,
            token.genTimeSeconds <= authority.notAfter
        else {
            throw TimestampError(
                .genTimeOutsideCertificate,
                "At \(token.genTimeText) the signer's certificate was not valid."
            )
        }
        let root: SigningCertificate? =
            switch trust {
            case .roots: chain.last
            case .anySigner: nil
            }
        return VerifiedTimestamp(
            der: der,
            response: response,
            token: token,
            authority: authority,
            root: root,
            chainEndSeconds: chain.map(\.notAfter).reduce(authority.notAfter, min)
        )
    }

    /// As above, for the data itself.
    public func verified(
        data: [UInt8],
        request: TimestampRequest? = nil,
        trust: TimestampTrust,
        untrusted: [SigningCertificate] = [],
        atSeconds seconds: Int64? = nil
    ) throws(TimestampError) -> VerifiedTimestamp {
        let imprint = try TimestampImprint(of: data, algorithm: grantedToken().imprintAlgorithm ?? .sha256)
        return try verified(imprint: imprint, request: request, trust: trust, untrusted: untrusted, atSeconds: seconds)
    }

    private func grantedToken() throws(TimestampError) -> TimestampToken {
        guard let token = response.token else {
            let reason = response.statusText.map { ": \($0)" } ?? ""
            throw TimestampError(
                .notGranted,
                "The authority gave no timestamp, but status \(response.status)\(reason)."
            )
        }
        return token
    }

    private func check(_ token: TimestampToken, answers request: TimestampRequest?) throws(TimestampError) {
        guard let request else { return }
        guard request.nonce == token.nonce else {
            throw TimestampError(.nonceMismatch, "The timestamp answers another request: its nonce differs.")
        }
        if let policy = request.policy, policy != token.policy {
            throw TimestampError(.policyMismatch, "The timestamp is under policy \(token.policy), not \(policy).")
        }
    }

    private func chain(
        of token: TimestampToken,
        trust: TimestampTrust,
        untrusted: [SigningCertificate],
        atSeconds seconds: Int64?
    ) throws(TimestampError) -> [SigningCertificate] {
        do {
            let time = seconds ?? token.genTimeSeconds
            switch trust {
            case .roots(let roots):
                return try token.verifiedChain(roots: roots, untrusted: untrusted, atSeconds: time)
            case .anySigner:
                let known = token.certificates + untrusted
                let tops = known.filter { top in !known.contains { $0 != top && $0.isIssuer(of: top) } }
                return try token.verifiedChain(
                    roots: tops,
                    isPartialChainAllowed: true,
                    untrusted: untrusted,
                    atSeconds: time
                )
            }
        } catch {
            throw TimestampError(
                error,
                outsideValidity: seconds == nil ? .genTimeOutsideCertificate : .certificateOutsideValidity
            )
        }
    }
}
