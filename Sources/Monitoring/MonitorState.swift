public import Bytes
public import Evidence
import Foundation

/// What a monitor remembers of a log between two looks.
public struct MonitorState: Sendable, Equatable {
    static let format = "monitor-1"

    /// The newest checkpoint that was verified, as it was served.
    public let checkpoint: [UInt8]
    /// When the log was last seen to have grown, by this machine's clock.
    public let grewAt: UTCTime
    /// When it was last looked at.
    public let checkedAt: UTCTime

    public init(checkpoint: [UInt8], grewAt: UTCTime, checkedAt: UTCTime) {
        self.checkpoint = checkpoint
        self.grewAt = grewAt
        self.checkedAt = checkedAt
    }

    /// The same tree seen again, perhaps with further cosignatures.
    func checked(at time: UTCTime, checkpoint: [UInt8]) -> Self {
        Self(checkpoint: checkpoint, grewAt: grewAt, checkedAt: time)
    }
}

extension MonitorState {
    public var json: JSONValue {
        [
            "cinnabar": .string(Self.format), "checkpoint": .string(String(decoding: checkpoint, as: UTF8.self)),
            "grewAt": .string(grewAt.description), "checkedAt": .string(checkedAt.description),
        ]
    }

    /// - Returns: `nil` for anything but what ``json`` gives.
    init?(json: JSONValue) {
        guard json["cinnabar"] == .string(Self.format), let note = json["checkpoint"]?.stringValue,
            let grewAt = json["grewAt"]?.stringValue.flatMap({ UTCTime($0) }),
            let checkedAt = json["checkedAt"]?.stringValue.flatMap({ UTCTime($0) })
        else { return nil }
        self.init(checkpoint: Array(note.utf8), grewAt: grewAt, checkedAt: checkedAt)
    }
}
