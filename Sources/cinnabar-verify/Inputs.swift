import Anchoring
import Bytes
import Evidence
import Foundation
import MerkleLog
import OpenSSL

/// Why an input could not be used, and the exit code that says so.
struct InputProblem: Error {
    let exitCode: Int32
    let message: String

    init(_ exitCode: Int32, _ message: String) {
        self.exitCode = exitCode
        self.message = message
    }
}

/// Reads what the command line names.
enum Inputs {
    static let evidenceLimitBytes = 512 << 20
    private static let trustLimitBytes = 1 << 20
    private static let pieceBytes = 1 << 20

    /// The registered file's size and digests, read in pieces.
    static func facts(file: String?, sha256: String?, sm3: String?, size: UInt64?) throws -> FileFacts? {
        if let file { return try facts(of: file) }
        guard let sha256 else { return nil }
        guard let sha256 = Digest256(hex: sha256) else {
            throw InputProblem(2, "--sha256 takes 64 lower-case hex digits.")
        }
        guard let sm3 else { return FileFacts(sizeBytes: size, sha256: sha256, sm3: nil) }
        guard let sm3 = Digest256(hex: sm3) else { throw InputProblem(2, "--sm3 takes 64 lower-case hex digits.") }
        return FileFacts(sizeBytes: size, sha256: sha256, sm3: sm3)
    }

    private static func facts(of path: String) throws -> FileFacts {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw InputProblem(3, "\(path) could not be opened for reading.")
        }
        var sha256 = DigestStream(.sha256)
        var sm3 = DigestStream(.sm3)
        var size: UInt64 = 0
        do {
            while let piece = try handle.read(upToCount: pieceBytes), !piece.isEmpty {
                sha256.update([UInt8](piece))
                sm3.update([UInt8](piece))
                size += UInt64(piece.count)
            }
        } catch {
            throw InputProblem(3, "\(path) could not be read: \(error.localizedDescription)")
        }
        return FileFacts(sizeBytes: size, sha256: Digest256(sha256.finalize()), sm3: Digest256(sm3.finalize()))
    }

    static func trust(bundle: String?, logKeys: [String], roots: [String], blocks: [String]) throws -> TrustBundle? {
        guard bundle != nil || !logKeys.isEmpty || !roots.isEmpty || !blocks.isEmpty else { return nil }
        var trust = TrustBundle()
        if let bundle {
            do throws(EvidenceError) {
                trust = try TrustBundle(parsing: try bytesOfTrust(bundle))
            } catch {
                throw InputProblem(3, "\(bundle): \(error.message)")
            }
        }
        for text in logKeys {
            guard let key = try? VerifierKey(parsing: text) else {
                throw InputProblem(2, "--log-key \(text) is no verifier key: NAME+ID+BASE64.")
            }
            trust.logKeys.append(key)
        }
        for path in roots {
            let pem = String(decoding: try bytes(of: path, limit: trustLimitBytes), as: UTF8.self)
            guard let certificates = try? SigningCertificate.list(pem: pem), !certificates.isEmpty else {
                throw InputProblem(3, "\(path) holds no PEM certificates.")
            }
            trust.timestampRoots += certificates
        }
        for text in blocks {
            do throws(EvidenceError) {
                trust.blocks.insert(try TrustBundle.block(parsing: text))
            } catch {
                throw InputProblem(2, "--block \(text): \(error.message).")
            }
        }
        return trust
    }

    private static func bytesOfTrust(_ path: String) throws(EvidenceError) -> [UInt8] {
        guard let bytes = try? bytes(of: path, limit: trustLimitBytes) else {
            throw EvidenceError(.malformedJSON, "it could not be read")
        }
        return bytes
    }

    static func bytes(of path: String, limit: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw InputProblem(3, "\(path) could not be opened for reading.")
        }
        do {
            let data = try handle.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else { throw InputProblem(3, "\(path) is larger than \(limit) bytes.") }
            return [UInt8](data)
        } catch let problem as InputProblem {
            throw problem
        } catch {
            throw InputProblem(3, "\(path) could not be read: \(error.localizedDescription)")
        }
    }

    /// Every regular file below a folder, by its path relative to it.
    static func members(inFolder folder: String) throws -> [(path: String, bytes: [UInt8])] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else {
            throw InputProblem(3, "\(folder) could not be listed.")
        }
        var members: [(path: String, bytes: [UInt8])] = []
        var total = 0
        while let path = paths.nextObject() as? String {
            guard paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            let bytes = try bytes(of: "\(folder)/\(path)", limit: evidenceLimitBytes)
            total += bytes.count
            guard total <= evidenceLimitBytes, members.count < 10_000 else {
                throw InputProblem(3, "\(folder) holds more than an evidence file can.")
            }
            members.append((path, bytes))
        }
        return members
    }
}
