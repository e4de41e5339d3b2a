import CProcess
import Dispatch
import Glibc
import Synchronization

/// Draws overlays, each in a decoder process of its own that ends with it: they are asked for seldom, and both pictures
/// are untrusted.
public final class OverlayMaker: Sendable {
    /// Drawings under way and waiting; each holds two pictures in memory.
    public static let waitingLimit = 8
    /// As large as the largest drawing is as PNG when nothing in it can be compressed.
    private static let drawingBytes = 16 << 20
    /// Two pictures of the largest size take some seconds each on a slow core; the rest is for a loaded machine.
    private static let seconds = 120

    private let executable: String
    private let limits: DecodeLimits
    /// One at a time: a drawing keeps a core busy.
    private let queue = DispatchQueue(label: "cinnabar.overlay")
    private let waiting = Mutex(0)

    /// - Parameter executable: The decoder program; `nil` means `cinnabar-decoder` beside the running program.
    /// - Throws: ``MediaError`` `.decoderUnavailable` when there is no such program.
    public init(executable: String? = nil, limits: DecodeLimits = DecodeLimits()) throws(MediaError) {
        self.executable = try decoderExecutable(executable)
        self.limits = limits
    }

    /// - Returns: A PNG of the width that was asked for.
    /// - Throws: ``MediaError``: what does not decode and why, `.timedOut`, `.decoderDied`, `.decoderUnavailable` or
    ///   `.busy`.
    public func png(of request: OverlayRequest) async throws(MediaError) -> [UInt8] {
        let isTaken = waiting.withLock { waiting in
            guard waiting < Self.waitingLimit else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw MediaError(.busy, "\(Self.waitingLimit) drawings wait already.") }
        let answer: Result<[UInt8], MediaError> = await withCheckedContinuation { continuation in
            queue.async {
                let answer = Result { () throws(MediaError) in try self.draw(request) }
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(returning: answer)
            }
        }
        return try answer.get()
    }

    private func draw(_ request: OverlayRequest) throws(MediaError) -> [UInt8] {
        let bytes = request.bytes(pixelLimit: limits.pixels)
        let memory = try SharedMemory(byteCount: max(bytes.count, Self.drawingBytes))
        var near: Int32 = -1
        var far: Int32 = -1
        // Both results live as long as the call.
        guard unsafe cinnabar_channel(&near, &far) == 0 else {
            throw MediaError(.decoderUnavailable, "No channel to a decoder process (errno \(errno)).")
        }
        defer { close(near) }
        guard memory.write(bytes) else {
            close(far)
            throw MediaError(.decoderUnavailable, "No memory to share with a decoder process (errno \(errno)).")
        }
        let process: ChildProcess
        do {
            process = try ChildProcess(
                executable,
                mode: "overlay",
                limitBytes: limits.memoryBytes,
                input: far,
                output: nil,
                shared: memory.descriptor
            )
        } catch {
            close(far)
            throw error
        }
        // The child holds its own end only: reading ends when it dies.
        close(far)
        // Its end is waited for when this goes out of scope, so not before the answer was read.
        return try withExtendedLifetime(process) { () throws(MediaError) in try drawing(from: near, in: memory) }
    }

    private func drawing(from channel: Int32, in memory: SharedMemory) throws(MediaError) -> [UInt8] {
        let deadline = ContinuousClock.now + .seconds(Self.seconds)
        switch Self.answer(from: channel, until: deadline) {
        case .drawn(let count)?:
            // What a child says is not trusted: the start of a PNG is looked for, and the rest is for viewers.
            guard let png = memory.read(count), png.starts(with: Self.signature) else { throw Self.death }
            return png
        case .refused(let code, let isQuery)?:
            let picture = isQuery ? "picture looked for" : "registered picture"
            throw MediaError(code, "The \(picture) cannot be drawn: it does not decode within the limits.")
        case nil:
            guard ContinuousClock.now < deadline else {
                throw MediaError(.timedOut, "Drawing took longer than \(Self.seconds) s.")
            }
            throw Self.death
        }
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let death = MediaError(.decoderDied, "The decoder process ended while it drew.")

    private static func answer(from channel: Int32, until deadline: ContinuousClock.Instant) -> OverlayAnswer? {
        var bytes: [UInt8] = []
        while bytes.count < OverlayAnswer.byteCount {
            let remaining = deadline - .now
            guard remaining > .zero else { return nil }
            var state = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
            // One structure, alive as long as the call. At least a millisecond, so that a short rest does not spin.
            let ready = unsafe poll(&state, 1, Int32(clamping: remaining.components.seconds * 1000 + 1))
            if ready == 0 || ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { return nil }
            var part = [UInt8](repeating: 0, count: OverlayAnswer.byteCount - bytes.count)
            // The array is as long as the count says.
            let count = unsafe recv(channel, &part, part.count, 0)
            guard count > 0 else { return nil }
            bytes += part.prefix(count)
        }
        return OverlayAnswer(bytes)
    }
}
