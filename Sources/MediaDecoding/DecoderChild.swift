import CProcess
import Fingerprints
import Glibc

/// One decoder process with its channel and memory. One file at a time, on one thread.
///
/// After any error but a refusal that the process itself answered, the state of the two ends is unknown: let go of it.
final class DecoderChild {
    let isFiltered: Bool
    var processID: pid_t { process.processID }

    private let process: ChildProcess
    private let channel: Int32
    private let memory: SharedMemory
    private let limits: DecodeLimits
    private var sequence: UInt64 = 0

    /// Starting maps some fifty libraries and decodes one small picture of each format: a quarter of a second on an
    /// idle core.
    private static let startSeconds = 20

    /// Starts a process and waits until it is ready.
    ///
    /// - Throws: ``MediaError`` `.decoderUnavailable`.
    init(_ executable: String, limits: DecodeLimits) throws(MediaError) {
        self.limits = limits
        memory = try SharedMemory(byteCount: max(limits.inputBytes, limits.pixels + DecodeWish.answerBytes))
        var near: Int32 = -1
        var far: Int32 = -1
        // Both results live as long as the call.
        guard unsafe cinnabar_channel(&near, &far) == 0 else {
            throw MediaError(.decoderUnavailable, "No channel to a decoder process (errno \(errno)).")
        }
        defer { close(far) }
        channel = near
        do {
            process = try ChildProcess(
                executable,
                mode: "media",
                limitBytes: limits.memoryBytes,
                input: far,
                output: nil,
                shared: memory.descriptor
            )
        } catch {
            close(near)
            throw error
        }
        // A child that holds its own end only: reading ends when it dies.
        close(far)
        far = -1
        guard case .hello(let isFiltered)? = Self.receive(from: near, until: .now + .seconds(Self.startSeconds)) else {
            close(near)
            throw MediaError(.decoderUnavailable, "The decoder process did not become ready.")
        }
        self.isFiltered = isFiltered
    }

    deinit { close(channel) }

    /// Whether the process still holds its end and has said nothing unasked.
    var isReady: Bool {
        var state = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
        // One structure, alive as long as the call.
        return unsafe poll(&state, 1, 0) == 0
    }

    /// - Throws: ``MediaError``: what the process answered, or `.timedOut`, `.decoderDied`.
    func decode(
        _ bytes: [UInt8],
        as format: MediaFormat,
        wanting wish: DecodeWish
    ) throws(MediaError) -> DecodedPicture {
        let deadline = ContinuousClock.now + .seconds(limits.seconds)
        sequence += 1
        let request = DecoderMessage.Request(
            sequence: sequence,
            format: format,
            byteCount: bytes.count,
            pixelLimit: limits.pixels,
            seconds: limits.seconds,
            wish: wish
        )
        guard memory.write(bytes), Self.send(DecoderMessage.request(request).bytes, to: channel) else {
            throw Self.death
        }
        defer { memory.discard(bytes.count) }
        switch Self.receive(from: channel, until: deadline) {
        case .picture(sequence, let answer)?: return try picture(answer, format, wish)
        case .refusal(sequence, let code)?: throw Self.refusal(code, limits)
        default:
            guard ContinuousClock.now < deadline else {
                throw MediaError(.timedOut, "Decoding took longer than \(limits.seconds) s.")
            }
            throw Self.death
        }
    }
}

extension DecoderChild {
    fileprivate static let death = MediaError(.decoderDied, "The decoder process ended while it worked on this file.")

    /// Checks every number before using it.
    fileprivate func picture(
        _ answer: DecoderMessage.Picture,
        _ format: MediaFormat,
        _ wish: DecodeWish
    ) throws(MediaError) -> DecodedPicture {
        let largest = limits.pixels
        guard
            (1...largest).contains(answer.width), (1...largest).contains(answer.height),
            answer.width <= largest / answer.height, (1...answer.width).contains(answer.planeWidth),
            (1...answer.height).contains(answer.planeHeight), answer.frames >= 1,
            let pixels = memory.read(answer.planeWidth * answer.planeHeight),
            let luma = try? LumaPlane(width: answer.planeWidth, height: answer.planeHeight, pixels: pixels),
            (0...DecodeWish.answerBytes).contains(answer.answerBytes),
            let bytes = memory.read(answer.answerBytes, from: pixels.count),
            let made = SketchAnswer(bytes, for: wish)
        else { throw MediaError(.decoderDied, "The decoder process answered nonsense.") }
        memory.discard(pixels.count + bytes.count)
        return DecodedPicture(
            mediaType: format.mediaType,
            width: answer.width,
            height: answer.height,
            frames: answer.frames,
            luma: luma,
            path: answer.path,
            sketch: made.sketch,
            query: made.query(of: luma)
        )
    }

    fileprivate static func refusal(_ code: MediaError.Code, _ limits: DecodeLimits) -> MediaError {
        switch code {
        case .unsupportedFormat: MediaError(code, "The picture's variant of its format is not supported.")
        case .malformed: MediaError(code, "The picture is truncated or damaged.")
        case .tooManyPixels: MediaError(code, "The picture has more than \(limits.pixels) pixels.")
        case .tooFewPixels: MediaError(code, "A side of the picture is under \(LumaPlane.minimumSide) pixels.")
        case .tooManyBytes: MediaError(code, "The file has more than \(limits.inputBytes) bytes.")
        case .outOfMemory: MediaError(code, "Decoding the picture takes more than \(limits.memoryBytes) bytes.")
        case .timedOut, .decoderDied, .decoderUnavailable, .busy:
            MediaError(.decoderDied, "The decoder process answered nonsense.")
        }
    }

    fileprivate static func send(_ bytes: [UInt8], to channel: Int32) -> Bool {
        // A frame is far smaller than a socket's buffer: it goes out whole or not at all. The pointer lives as long as
        // the call. No SIGPIPE: a dead child is an error, not the end of this process.
        unsafe Glibc.send(channel, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// - Returns: `nil` when the time is over, the other end is closed, or the bytes are no message.
    fileprivate static func receive(
        from channel: Int32,
        until deadline: ContinuousClock.Instant
    ) -> DecoderMessage? {
        var bytes: [UInt8] = []
        while bytes.count < DecoderMessage.byteCount {
            let remaining = deadline - .now
            guard remaining > .zero else { return nil }
            var state = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
            // One structure, alive as long as the call.
            let ready = unsafe poll(&state, 1, milliseconds(remaining))
            if ready == 0 || ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { return nil }
            var part = [UInt8](repeating: 0, count: DecoderMessage.byteCount - bytes.count)
            // The array is as long as the count says.
            let count = unsafe recv(channel, &part, part.count, 0)
            guard count > 0 else { return nil }
            bytes += part.prefix(count)
        }
        return DecoderMessage(bytes)
    }

    /// Rounded up, so that a rest under a millisecond does not spin.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
