import Bytes
import MediaDecoding

/// One picture of 16 × 16 pixels of one colour for each format, and a CMYK JPEG. Decoding them loads what the libraries
/// load late, before the system calls for that are taken away.
///
/// Made for this project with Pillow 13.0 and pillow-heif 1.8.
let warmUpPictures: [(MediaFormat, [UInt8])] = [
    (
        .jpeg,
        bytes(
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hn\
            Pk1xeXBkeFxlZ2P/wAALCAAQABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/\
            AKAP/9k=
            """
        )
    ),
    (
        .jpeg,
        bytes(
            """
            /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eA\
            vMm6pseZqKuk/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAFAgb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA\
            /9oADgRDAE0AWQBLAAA/AKrKK6YAAAB//9k=
            """
        )
    ),
    (
        .png,
        bytes(
            """
            iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGklEQVR42mM8UaHBQApgYiARjGoY1TB0NAAAgJwBiHEHVqAAAAAASUVO\
            RK5CYII=
            """
        )
    ),
    (
        .webp,
        bytes(
            """
            UklGRjIAAABXRUJQVlA4ICYAAACwAQCdASoQABAABABoJaACdLoABdQAAPuO/jebzWtb+KAUjhmAAA==
            """
        )
    ),
    (
        .tiff,
        bytes(
            """
            SUkqACYAAACAIeBQOCQWDQeEQmFQuGQ2HQ+IRGJROKRWLQOAgAAJAAABAwABAAAAEAAAAAEBAwABAAAAEAAAAAIBAwABAAAACAAAAAMB\
            AwABAAAABQAAAAYBAwABAAAAAQAAABEBBAABAAAACAAAABYBAwABAAAAEAAAABcBBAABAAAAHQAAABwBAwABAAAAAQAAAAAAAAA=
            """
        )
    ),
    (
        .gif,
        bytes(
            """
            R0lGODdhEAAQAIEAAIeHhwAAAAAAAAAAACwAAAAAEAAQAEAIHQABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLFgQEBADs=
            """
        )
    ),
    (
        .heif,
        bytes(
            """
            AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJp\
            bG9jAAAAAERAAAEAAQAAAAABoAABAAAAAAAAACgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAAB\
            AAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEA\
            AQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAU\
            aXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAEAAAAAEAAAAQAAAAAf///9AAAAAC////0AAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlw\
            bWEAAAAAAAAAAQABBYECAwWEAAAAMG1kYXQAAAAkKAGvC0hOQ4D1/TpXdxtvzykFHFEheUCo1WpWgJySOXqQK4Cw
            """
        )
    ),
    (
        .avif,
        bytes(
            """
            AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAA\
            AAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFD\
            b2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAEAAAABAAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJu\
            Y2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAALm1kYXQSAAoJGAz/2iAhoNCAMhccR4eF3dNNNMLAAAB1fVm5/BDt4ez0\
            QA==
            """
        )
    ),
]

private func bytes(_ base64: String) -> [UInt8] {
    guard let bytes = Base64.decode(base64) else { preconditionFailure("a built-in picture is no Base64") }
    return bytes
}
