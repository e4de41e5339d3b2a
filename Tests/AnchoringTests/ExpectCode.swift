import Anchoring
import Testing

/// Expects a ``TimestampError`` with this code.
func expect(
    _ code: TimestampError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) {
    let error = #expect(throws: TimestampError.self, sourceLocation: location) { _ = try body() }
    #expect(error?.code == code, sourceLocation: location)
}

/// Expects an ``EvidenceRecordError`` with this code.
func expectRecord(
    _ code: EvidenceRecordError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) {
    let error = #expect(throws: EvidenceRecordError.self, sourceLocation: location) { _ = try body() }
    #expect(error?.code == code, sourceLocation: location)
}
