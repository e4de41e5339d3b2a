import CVips
import Fingerprints
package import MediaDecoding

/// Draws what explains a match: both pictures whole, each with the part that matches outlined, and below them that part
/// of both, laid on each other, with what differs tinted. For the decoder program alone.
package enum OverlayRenderer {
    /// As many pixels as the longer side of a picture needs to be shown sharply in its place.
    private static let decodedSide = 2400

    /// Once, after ``PixelDecoder/start()`` and before the first picture: loads what drawing needs.
    ///
    /// - Throws: ``MediaError`` `.decoderUnavailable` when a small built-in sample cannot be drawn.
    package static func start() throws(MediaError) {
        _ = cinnabar_vips_allow_png()
        for (format, bytes) in warmUpPictures {
            do {
                _ = try raster(.file(bytes), 1 << 20)
            } catch {
                throw MediaError(.decoderUnavailable, "\(format) cannot be drawn here: \(error)")
            }
        }
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 12)
        defer { room.deallocate() }
        guard png(Raster(width: 8, height: 8, filled: .paper), into: room) != nil else {
            throw MediaError(.decoderUnavailable, "No PNG can be written here.")
        }
    }

    /// Why there is no picture, and of which of the two it is.
    package struct Failure: Error {
        package let cause: MediaError
        package let isQuery: Bool
    }

    /// - Parameters:
    ///   - pixelLimit: The most pixels of each picture, checked against its header.
    ///   - room: Takes the PNG.
    /// - Returns: The length of the PNG.
    package static func draw(
        _ request: OverlayRequest,
        pixelLimit: Int,
        into room: UnsafeMutableBufferPointer<UInt8>
    ) throws(Failure) -> Int {
        let query: Raster
        let registered: Raster
        do { query = try raster(request.query, pixelLimit) } catch { throw Failure(cause: error, isQuery: true) }
        do { registered = try raster(request.registered, pixelLimit) } catch {
            throw Failure(cause: error, isQuery: false)
        }
        guard let transform = PlaneMap(request.transform) else {
            throw Failure(cause: MediaError(.malformed, "The transform cannot be turned round."), isQuery: true)
        }
        let sheet = OverlaySheet(request, query: query, registered: registered, transform: transform).raster
        guard let count = png(sheet, into: room) else {
            throw Failure(cause: MediaError(.outOfMemory, "The drawing cannot be written."), isQuery: false)
        }
        return count
    }

    /// - Returns: The length of the PNG; `nil` when it does not fit.
    private static func png(_ raster: Raster, into room: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        guard let base = room.baseAddress else { return nil }
        var count = 0
        let result = cinnabar_vips_png(
            raster.pixels,
            Int32(raster.width),
            Int32(raster.height),
            base,
            room.count,
            &count
        )
        return result == 0 ? count : nil
    }

    private static func raster(_ picture: OverlayRequest.Picture, _ pixelLimit: Int) throws(MediaError) -> Raster {
        switch picture {
        case .sketch(let plane): return Raster(width: plane.width, height: plane.height, grey: plane.pixels)
        case .file(let bytes):
            guard let format = MediaFormat.picture(signatureOf: bytes) else {
                throw MediaError(.unsupportedFormat, "The file is no picture.")
            }
            let result: Result<Raster, MediaError> = bytes.withUnsafeBufferPointer { buffer in
                Result { () throws(MediaError) in
                    try VipsReader(buffer, format, pixelLimit: pixelLimit).display(within: decodedSide)
                }
            }
            return try result.get()
        }
    }
}
