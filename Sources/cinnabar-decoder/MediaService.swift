import Glibc
import MediaDecoding
import PixelDecoding

/// Answers one request after another on descriptor 0, with the bytes in the memory behind descriptor 3, until the other
/// end is closed.
struct MediaService {
    let memoryBytes: Int

    private static let channel: Int32 = 0
    private static let memory: Int32 = 3

    func run() {
        do {
            try Sandbox.endWithParent()
            let memory = try MappedFile(descriptor: Self.memory, isShared: true).bytes
            try PixelDecoder.start()
            let isFiltered = try Sandbox.enter(memoryBytes: memoryBytes, descriptors: 4)
            send(.hello(isFiltered: isFiltered))
            while let request = nextRequest() {
                guard request.byteCount <= memory.count else { exit(1) }
                // Should the parent die while a file hangs, this ends the process. The parent's own limit comes first.
                alarm(UInt32(clamping: request.seconds * 2 + 1))
                let answer = answer(request, memory)
                alarm(0)
                send(answer)
            }
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private func answer(
        _ request: DecoderMessage.Request,
        _ memory: UnsafeMutableBufferPointer<UInt8>
    ) -> DecoderMessage {
        do throws(MediaError) {
            let bytes = UnsafeBufferPointer(rebasing: memory[..<request.byteCount])
            let picture = try PixelDecoder.picture(from: bytes, as: request.format, pixelLimit: request.pixelLimit)
            let made = try FeatureFinder.answer(to: request.wish, of: picture).bytes(for: request.wish)
            guard picture.plane.count + made.count <= memory.count else {
                throw MediaError(.tooManyPixels, "The plane and what was made of it do not fit.")
            }
            // The file's bytes have served; the plane takes their place.
            let end = memory.update(fromContentsOf: picture.plane)
            _ = memory[end...].update(fromContentsOf: made)
            var facts = picture.facts
            facts.answerBytes = made.count
            return .picture(sequence: request.sequence, facts)
        } catch {
            return .refusal(sequence: request.sequence, error.code)
        }
    }

    /// - Returns: `nil` at the end.
    private func nextRequest() -> DecoderMessage.Request? {
        var bytes = [UInt8](repeating: 0, count: DecoderMessage.byteCount)
        var done = 0
        while done < bytes.count {
            let missing = bytes.count - done
            let count = bytes.withUnsafeMutableBytes { read(Self.channel, $0.baseAddress! + done, missing) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            done += count
        }
        guard case .request(let request)? = DecoderMessage(bytes) else { return nil }
        return request
    }

    private func send(_ message: DecoderMessage) {
        let bytes = message.bytes
        guard write(Self.channel, bytes, bytes.count) == bytes.count else { exit(1) }
    }
}
