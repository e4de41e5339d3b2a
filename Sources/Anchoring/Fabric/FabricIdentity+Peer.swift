import OpenSSL

extension FabricIdentity {
    /// The organizational unit of peers, where a network tells its members apart by units (Fabric's `NodeOUs`).
    private static let peerUnit = "peer"

    /// Whether this can be a peer that endorsed what `creator` sent: neither its certificate nor its key is the
    /// creator's, and if the certificate names organizational units at all, that of peers is among them.
    func mayBePeer(apartFrom creator: Self) -> Bool {
        guard certificate != creator.certificate, !certificate.hasKey(of: creator.certificate) else { return false }
        let units = Self.units(inSubject: certificate.subject)
        return units.isEmpty || units.contains(Self.peerUnit)
    }

    /// The organizational units of a name as RFC 2253 writes it, still escaped. A comma or plus sign that belongs to a
    /// value has a backslash before it there, so it separates nothing.
    static func units(inSubject subject: String) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in subject.unicodeScalars {
            if !isEscaped, character == "," || character == "+" {
                parts.append("")
            } else {
                parts[parts.count - 1].unicodeScalars.append(character)
            }
            isEscaped = !isEscaped && character == "\\"
        }
        // By bytes: a combining character after the sign would hide it from comparisons by characters.
        let key = "OU=".utf8
        return parts.map(\.utf8).filter { $0.starts(with: key) }.map {
            String(decoding: $0.dropFirst(key.count), as: UTF8.self)
        }
    }
}
