import Bytes
import FabricMessages
import OpenSSL
import SwiftProtobuf

extension EndorsedTransaction {
    /// Both headers of a transaction, which are those of its proposal.
    struct Header {
        let channel: String
        let id: String
        let seconds: Int64
        let creator: FabricIdentity
        let chaincode: String
        /// Channel header and signature header.
        let bytes: [[UInt8]]

        init(_ header: FabricHeader) throws(FabricError) {
            bytes = [Array(header.channelHeader), Array(header.signatureHeader)]
            let channelHeader: FabricChannelHeader = try FabricWire.message(bytes[0], "a channel header")
            let signatureHeader: FabricSignatureHeader = try FabricWire.message(bytes[1], "a signature header")
            guard channelHeader.type == EndorsedTransaction.headerType else {
                throw FabricError(.malformed, "The header is not of a transaction that peers endorsed.")
            }
            let `extension`: FabricChaincodeHeaderExtension = try FabricWire.message(
                Array(channelHeader.`extension`),
                "a header's extension"
            )
            creator = try FabricIdentity(serialized: Array(signatureHeader.creator))
            guard
                channelHeader.txID == EndorsedTransaction.id(nonce: Array(signatureHeader.nonce), creator: creator)
            else { throw FabricError(.inconsistent, "The transaction's id is not of its nonce and creator.") }
            channel = channelHeader.channelID
            id = channelHeader.txID
            seconds = channelHeader.timestamp.seconds
            chaincode = `extension`.chaincodeID.name
        }
    }

    /// The transaction's id: 64 hex digits.
    public static func id(nonce: [UInt8], creator: FabricIdentity) -> String {
        Hex.encode(SHA256.digest(of: nonce + creator.serialized).bytes)
    }

    /// The transaction in a signed envelope.
    ///
    /// - Throws: ``FabricError``, with code `.signatureInvalid` if the creator's signature does not hold.
    public init(envelope bytes: [UInt8]) throws(FabricError) {
        let envelope: FabricEnvelope = try FabricWire.message(bytes, "an envelope")
        try self.init(payload: Array(envelope.payload))
        do {
            try creator.certificate.verifyLowSignature(Array(envelope.signature), of: payload)
        } catch {
            throw FabricError(.signatureInvalid, "The creator's signature: \(error.message)")
        }
    }
}
