// swift-tools-version: 6.2
import PackageDescription

/// Every target is strict: warnings are errors, imports are internal unless written `public import`.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// Strict memory safety on top, everywhere but in the owners of C handles.
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

/// Look-ups spend their time on counting bits. Every x86-64 processor since 2008 has an instruction for it, but the
/// compiler uses it only when told: 2.4 times as fast.
#if arch(x86_64)
    let bitCounting: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mpopcnt"])]
#else
    let bitCounting: [SwiftSetting] = []
#endif

#if arch(arm64)
    let debianTriplet = "aarch64-linux-gnu"
#else
    let debianTriplet = "x86_64-linux-gnu"
#endif

/// Where Debian keeps GLib's headers, which those of libvips include. Not by pkg-config: its answer holds `-pthread`,
/// which the package manager refuses with a warning.
let glibHeaders = ["-I/usr/include/glib-2.0", "-I/usr/lib/\(debianTriplet)/glib-2.0/include"]

// The targets in the order of ARCHITECTURE.md's table, lowest layer first. A target imports only what it names here.
let package = Package(
    name: "cinnabar",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "cinnabar", targets: ["cinnabar"]),
        .executable(name: "cinnabar-verify", targets: ["cinnabar-verify"]),
        .executable(name: "cinnabar-decoder", targets: ["cinnabar-decoder"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["JSON"]),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.44.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Layer 0: C headers, and shims where a macro or variadic call hides the function.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1", providers: [.apt(["libsecp256k1-dev"])]),
        .systemLibrary(name: "CRocksDB", pkgConfig: "rocksdb", providers: [.apt(["librocksdb-dev"])]),
        .target(
            name: "CVips",
            cSettings: [.unsafeFlags(glibHeaders)],
            linkerSettings: [.linkedLibrary("vips"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0")]
        ),
        .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
        .target(
            name: "COpenCV",
            // Its loops over pixels take ten times as long unoptimised, in tests too.
            cxxSettings: [.unsafeFlags(["-I/usr/include/opencv4", "-O3"])],
            linkerSettings: [
                .linkedLibrary("opencv_features2d"), .linkedLibrary("opencv_imgproc"), .linkedLibrary("opencv_core"),
            ]
        ),
        .target(
            name: "CPoppler",
            cxxSettings: [.unsafeFlags(["-I/usr/include/poppler/cpp"])],
            linkerSettings: [.linkedLibrary("poppler-cpp"), .linkedLibrary("poppler")]
        ),
        .target(
            name: "CXML",
            cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])],
            linkerSettings: [.linkedLibrary("xml2")]
        ),
        .target(name: "CProcess"),
        .target(name: "CHamming"),
        .target(name: "CFeatureWords", exclude: ["words.bin"]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),

        // Layer 1: bytes, and Swift owners for C handles.
        .target(name: "Bytes", swiftSettings: safe),
        .target(name: "OpenSSL", dependencies: ["COpenSSL", "Bytes"], swiftSettings: strict),
        .target(name: "Secp256k1", dependencies: ["CSecp256k1", "Bytes"], swiftSettings: strict),
        .target(
            name: "FabricMessages",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: safe
        ),
        .target(name: "RocksDB", dependencies: ["CRocksDB"], swiftSettings: strict),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: strict),

        // Layer 2: bytes in, values out.
        .target(name: "MerkleLog", dependencies: ["OpenSSL", "Bytes"], swiftSettings: safe),
        .target(name: "Fingerprints", dependencies: ["Bytes"], swiftSettings: safe),
        .target(name: "Hamming", dependencies: ["CHamming", "OpenSSL", "Bytes"], swiftSettings: strict),
        .target(name: "FeatureWords", dependencies: ["CFeatureWords", "OpenSSL", "Bytes"], swiftSettings: strict),
        .target(name: "Clauses", swiftSettings: safe),

        // Layer 3
        .target(
            name: "Anchoring",
            dependencies: [
                "MerkleLog", "Secp256k1", "FabricMessages", "OpenSSL", "Bytes",
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["EVM/Contract/Anchor.vy", "EVM/Contract/Anchor.abi.json"],
            swiftSettings: safe
        ),
        .target(
            name: "SimilarityIndex",
            dependencies: ["Fingerprints", "Hamming", "FeatureWords", "OpenSSL", "Bytes"],
            swiftSettings: safe + bitCounting
        ),

        // Layer 4
        .target(
            name: "Evidence",
            dependencies: ["Anchoring", "MerkleLog", "OpenSSL", "Bytes"],
            swiftSettings: safe
        ),
        .target(
            name: "FabricGateway",
            dependencies: [
                "Anchoring", "FabricMessages", "OpenSSL", "Bytes",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: safe
        ),
        .target(name: "MediaDecoding", dependencies: ["Fingerprints", "CProcess", "Bytes"], swiftSettings: safe),
        .target(
            name: "Witnessing",
            dependencies: [
                "Anchoring", "MerkleLog", "OpenSSL", "Bytes",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),

        // Layer 5
        .target(
            name: "Monitoring",
            dependencies: ["Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Bytes"],
            swiftSettings: safe
        ),
        .target(
            name: "PixelDecoding",
            dependencies: ["MediaDecoding", "Fingerprints", "CVips", "CJPEG", "COpenCV", "Bytes"],
            swiftSettings: strict
        ),
        .target(
            name: "EvidenceStore",
            dependencies: ["MerkleLog", "RocksDB", "OpenSSL", "Bytes"],
            swiftSettings: safe
        ),
        .target(name: "Archives", dependencies: ["MediaDecoding", "CProcess", "Bytes"], swiftSettings: safe),
        .target(
            name: "Documents",
            dependencies: ["MediaDecoding", "Fingerprints", "CProcess", "Bytes"],
            swiftSettings: safe
        ),

        // Layer 6
        .target(name: "ArchiveDecoding", dependencies: ["Archives", "CArchive"], swiftSettings: strict),
        .target(
            name: "TextDecoding",
            dependencies: [
                "ArchiveDecoding", "Documents", "Archives", "MediaDecoding", "Fingerprints", "CPoppler", "CXML",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Notary",
            dependencies: [
                "EvidenceStore", "Evidence", "Documents", "MediaDecoding", "SimilarityIndex", "Fingerprints",
                "Anchoring", "MerkleLog", "Clauses",
                "OpenSSL", "Bytes",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),

        // Layer 7
        .target(
            name: "Server",
            dependencies: [
                "Notary", "EvidenceStore", "Evidence", "MerkleLog", "OpenSSL", "Gzip", "Bytes",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Resources")],
            swiftSettings: safe
        ),

        // Layer 8: wiring only.
        .executableTarget(
            name: "cinnabar",
            dependencies: [
                "Server", "Notary", "Archives", "Monitoring", "Witnessing", "FabricGateway", "Evidence", "Anchoring",
                "MerkleLog", "OpenSSL", "Bytes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe
        ),
        .executableTarget(
            name: "cinnabar-verify",
            dependencies: [
                "Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Bytes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe
        ),
        .executableTarget(
            name: "cinnabar-decoder",
            dependencies: [
                "TextDecoding", "PixelDecoding", "ArchiveDecoding", "Documents", "Archives", "MediaDecoding",
                "Fingerprints", "CSeccomp",
            ],
            swiftSettings: strict
        ),

        // Tests, in the same order.
        .testTarget(
            name: "ArchivesTests",
            dependencies: ["Spawning", "Archives", "cinnabar-decoder"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "DocumentsTests",
            dependencies: ["Documents", "MediaDecoding", "Fingerprints", "Gzip", "cinnabar-decoder"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "MediaDecodingTests",
            dependencies: ["Spawning", "MediaDecoding", "Fingerprints", "cinnabar-decoder"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "NotaryTests",
            dependencies: [
                "Spawning",
                "Notary", "Clauses", "Witnessing", "EvidenceStore", "Evidence", "SimilarityIndex", "Fingerprints",
                "Anchoring",
                "MerkleLog", "OpenSSL", "Bytes",
                "cinnabar-decoder", "cinnabar-verify", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "MonitoringTests",
            dependencies: ["Monitoring", "Anchoring", "MerkleLog", "Bytes"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "EvidenceTests",
            dependencies: ["Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Bytes"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "OpenSSLTests",
            dependencies: ["OpenSSL", "Bytes"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "MerkleLogTests",
            dependencies: ["MerkleLog", "OpenSSL", "Bytes"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "AnchoringTests",
            dependencies: ["Spawning", "Anchoring", "MerkleLog", "Secp256k1", "OpenSSL", "Bytes"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "FabricGatewayTests",
            dependencies: [
                "FabricGateway", "Anchoring", "FabricMessages", "OpenSSL", "Bytes",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "WitnessingTests",
            dependencies: [
                "Witnessing", "Anchoring", "MerkleLog", "OpenSSL", "Bytes",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),
        .testTarget(name: "GzipTests", dependencies: ["Spawning", "Gzip"], swiftSettings: safe),
        .testTarget(name: "RocksDBTests", dependencies: ["RocksDB"], swiftSettings: safe),
        .testTarget(
            name: "EvidenceStoreTests",
            dependencies: ["EvidenceStore", "MerkleLog", "RocksDB", "OpenSSL", "Bytes"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Notary", "EvidenceStore", "Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Gzip", "Bytes",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "PageTests",
            dependencies: ["Spawning"],
            exclude: ["Scripts", "Vectors"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "FingerprintsTests",
            dependencies: ["Fingerprints", "Bytes"],
            resources: [.copy("Vectors")],
            swiftSettings: safe
        ),
        .testTarget(name: "FeatureWordsTests", dependencies: ["FeatureWords"], swiftSettings: safe),
        .testTarget(name: "HammingTests", dependencies: ["Hamming"], swiftSettings: safe),
        .testTarget(
            name: "SimilarityIndexTests",
            dependencies: ["SimilarityIndex", "Fingerprints"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Spawning", "cinnabar", "cinnabar-verify", "cinnabar-decoder", "Evidence", "Bytes"],
            swiftSettings: safe
        ),
        // How tests start a program.
        .target(name: "CSpawning", path: "Tests/CSpawning"),
        .target(name: "Spawning", dependencies: ["CSpawning"], path: "Tests/Spawning", swiftSettings: safe),
        // What tests run and talk to: the built programs, servers, HTTP.
        .target(
            name: "Programs",
            dependencies: [
                "Spawning", "Evidence", "MerkleLog",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/Programs",
            swiftSettings: safe
        ),
        .testTarget(name: "ArchitectureTests", swiftSettings: safe),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "Programs", "Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Bytes", "cinnabar", "cinnabar-decoder",
                "cinnabar-verify",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Spawning", "Programs", "Evidence", "Anchoring", "MerkleLog", "cinnabar", "cinnabar-decoder",
                "cinnabar-verify",
            ],
            resources: [.copy("Golden")],
            swiftSettings: safe
        ),

        // Last: tools/bench. Not a package of its own, since it measures internals of this one, in its release build.
        .executableTarget(
            name: "cinnabar-bench",
            dependencies: [
                "PixelDecoding", "Notary", "EvidenceStore", "MediaDecoding", "SimilarityIndex", "Evidence",
                "Anchoring", "Fingerprints", "MerkleLog", "OpenSSL", "Bytes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "tools/benchmarks",
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
