import Glibc
import MediaDecoding
import PixelDecoding

/// Draws the one overlay that the memory behind descriptor 3 asks for, leaves the PNG there, says so on descriptor 0, and
/// ends.
struct OverlayService {
    let memoryBytes: Int

    private static let channel: Int32 = 0
    private static let memory: Int32 = 3
    /// Should the parent die while a picture hangs, this ends the process. The parent's own limit comes first.
    private static let seconds: UInt32 = 300

    func run() {
        do {
            try Sandbox.endWithParent()
            let memory = try MappedFile(descriptor: Self.memory, isShared: true).bytes
            try PixelDecoder.start()
            try OverlayRenderer.start()
            _ = try Sandbox.enter(memoryBytes: memoryBytes, descriptors: 4)
            alarm(Self.seconds)
            guard let (request, pixelLimit) = OverlayRequest.read(Array(memory)) else { exit(1) }
            send(answer(request, pixelLimit, memory))
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private func answer(
        _ request: OverlayRequest,
        _ pixelLimit: Int,
        _ memory: UnsafeMutableBufferPointer<UInt8>
    ) -> OverlayAnswer {
        do throws(OverlayRenderer.Failure) {
            return .drawn(byteCount: try OverlayRenderer.draw(request, pixelLimit: pixelLimit, into: memory))
        } catch {
            return .refused(error.cause.code, isQuery: error.isQuery)
        }
    }

    private func send(_ answer: OverlayAnswer) {
        let bytes = answer.bytes
        guard write(Self.channel, bytes, bytes.count) == bytes.count else { exit(1) }
    }
}
