import Anchoring
import Evidence
import FabricGateway
import Notary
import OpenSSL

/// A channel of Hyperledger Fabric as the configuration file names it, under `anchors.fabric.<name>`. Experimental.
enum FabricSettings: OutsiderSettings {
    static let key = "anchors.fabric"
    private static let keys: Set = [
        "url", "tlsRoots", "serverName", "channel", "chaincode", "organization", "certificate", "key",
        "endorsingOrganizations", "endorserRoots", "intervalSeconds", "deadlineSeconds",
    ]
    private static let standardDeadlineSeconds = 3600
    /// Past the half minute that the scheduler gives a call, nobody waits for its answer.
    private static let timeoutSeconds = 25
    private static let fileLimitBytes = 1 << 20

    static func plan(name: String, _ members: [String: JSONValue], path: String) throws -> OutsiderPlan {
        let place = "\(key).\(TerminalText.printable(name))"
        if let unknown = members.keys.sorted().first(where: { !keys.contains($0) }) {
            throw SettingsFile.unknownKey("\(place).\(TerminalText.printable(unknown))", path)
        }
        func text(_ member: String) throws -> String? {
            guard let value = members[member] else { return nil }
            guard let text = value.stringValue, !text.isEmpty else {
                throw SettingsFile.failure(path, "\(place).\(member) is not a text")
            }
            return text
        }
        func needed(_ member: String) throws -> String {
            guard let text = try text(member) else { throw SettingsFile.failure(path, "\(place).\(member) is missing") }
            return text
        }
        let (url, serverName, tlsRoots) = (try needed("url"), try text("serverName"), try text("tlsRoots"))
        let (channel, chaincode) = (try needed("channel"), try text("chaincode") ?? "cinnabar")
        let (organization, certificate) = (try needed("organization"), try needed("certificate"))
        let (keyFile, endorserRoots) = (try needed("key"), try text("endorserRoots"))
        let endorsing = try organizations(members["endorsingOrganizations"], place: place, path: path)
        return OutsiderPlan(
            name: name,
            kind: .fabric,
            intervalSeconds: try seconds(
                "intervalSeconds",
                of: name,
                members,
                standard: standardIntervalSeconds,
                path: path
            ),
            deadlineSeconds: try seconds(
                "deadlineSeconds",
                of: name,
                members,
                standard: standardDeadlineSeconds,
                path: path
            )
        ) { surroundings in
            FabricLedger(
                name: name,
                network: try FabricNetwork(
                    endpoint: GatewayEndpoint(
                        url: url,
                        rootsPEM: tlsRoots.map { try contents(of: $0) },
                        serverName: serverName
                    ),
                    channel: channel,
                    chaincode: chaincode,
                    endorsingOrganizations: endorsing,
                    endorserRoots: endorserRoots.map { try SigningCertificate.list(pem: contents(of: $0)) } ?? []
                ),
                credentials: try FabricCredentials(
                    organization: organization,
                    certificatePEM: contents(of: certificate),
                    keyPEM: contents(of: keyFile)
                ),
                timeoutSeconds: timeoutSeconds,
                clock: { surroundings.milliseconds() / 1000 }
            )
        }
    }

    private static func organizations(_ value: JSONValue?, place: String, path: String) throws -> [String] {
        guard let value else { return [] }
        let texts = value.arrayValue?.compactMap(\.stringValue).filter { !$0.isEmpty }
        guard let texts, texts.count == value.arrayValue?.count else {
            throw SettingsFile.failure(path, "\(place).endorsingOrganizations is not a list of names such as Org1MSP")
        }
        return texts
    }

    private static func contents(of file: String) throws -> String {
        String(decoding: try InputFile.contents(of: file, limitBytes: fileLimitBytes), as: UTF8.self)
    }
}
