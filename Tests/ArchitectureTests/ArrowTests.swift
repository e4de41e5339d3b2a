import Testing

/// Who may import whom. The layers are those of ARCHITECTURE.md's table, as Package.swift repeats them.
@Suite struct ArrowTests {
    static let targets = PackageTarget.all.filter { $0.layer != nil }
    static let byName = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0) })

    /// What comes with the toolchain and needs no declaration.
    static let toolchain: Set = [
        "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization", "Testing",
    ]

    /// C modules by their only importers: no raw pointer leaves those.
    static let owners: [String: Set<String>] = [
        "COpenSSL": ["OpenSSL"], "CSecp256k1": ["Secp256k1"], "CRocksDB": ["RocksDB"], "CVips": ["PixelDecoding"],
        "CJPEG": ["PixelDecoding"],
        "COpenCV": ["PixelDecoding"],
        "CArchive": ["ArchiveDecoding"], "CSeccomp": ["cinnabar-decoder"], "CPoppler": ["TextDecoding"],
        "CXML": ["TextDecoding"], "CProcess": ["MediaDecoding", "Archives", "Documents"],
        "CZlib": ["Gzip"], "CHamming": ["Hamming"],
        "CFeatureWords": ["FeatureWords"],
    ]

    @Test func everyFolderIsATargetWithALayer() {
        #expect(Self.targets.count > 15)
        #expect(SourceTree.folders(in: "Sources") == Set(Self.targets.map(\.name)))
        #expect(Self.targets.allSatisfy { $0.kind != .testTarget })
    }

    @Test func theDocumentHasTheSameLayers() {
        let rows = SourceTree.text(of: "ARCHITECTURE.md").matches(of: /(?m)^\| (\d+) \| `([^`]+)` \|/)
        let documented = Dictionary(rows.map { (String($0.2), Int($0.1)) }) { first, _ in first }
        #expect(documented == Self.byName.mapValues(\.layer))
    }

    /// Down is a lower layer, or the same one and declared before: OpenSSL stands on Bytes.
    @Test func arrowsPointDown() {
        var below: Set<String> = []
        for target in Self.targets {
            for dependency in target.dependencies.compactMap({ Self.byName[$0] }) {
                #expect(
                    (dependency.layer ?? 0, 0) < (target.layer ?? 0, below.contains(dependency.name) ? 1 : 0),
                    "\(target.name) depends on \(dependency.name), which is not below it"
                )
            }
            below.insert(target.name)
        }
    }

    @Test func importsAreDeclared() {
        for target in Self.targets {
            let declared = Set(target.dependencies.map { $0.replacing("-", with: "_") })
            for file in SourceTree.files(below: "Sources/\(target.name)") {
                let undeclared = file.imports.subtracting(declared).subtracting(Self.toolchain)
                #expect(undeclared.isEmpty, "\(file.path) imports \(undeclared.sorted())")
            }
        }
    }

    @Test func declaredDependenciesAreImported() {
        for target in Self.targets where target.kind != .systemLibrary {
            let imported = SourceTree.files(below: "Sources/\(target.name)").reduce(into: Set<String>()) {
                $0.formUnion($1.imports)
            }
            let unused = target.dependencies.filter { !imported.contains($0.replacing("-", with: "_")) }
            #expect(unused.isEmpty, "\(target.name) never imports \(unused.sorted())")
        }
    }

    @Test func onlyOwnersImportC() {
        let layerZero = Set(Self.targets.filter { $0.layer == 0 }.map(\.name))
        #expect(layerZero == Set(Self.owners.keys), "A C module without an owner in this test.")
        for target in Self.targets {
            let imported = SourceTree.files(below: "Sources/\(target.name)").flatMap(\.imports)
            for module in layerZero.intersection(imported) {
                #expect(Self.owners[module]?.contains(target.name) == true, "\(target.name) imports \(module)")
            }
        }
    }

    /// A court's program needs no image library, no database and no network.
    @Test func theVerifierReachesLittle() {
        var reached: Set<String> = ["cinnabar-verify"]
        var next = reached
        while !next.isEmpty {
            next = Set(next.flatMap { Self.byName[$0]?.dependencies ?? [] }).subtracting(reached)
            reached.formUnion(next)
        }
        #expect(
            reached == [
                "cinnabar-verify", "Evidence", "Anchoring", "MerkleLog", "OpenSSL", "Secp256k1", "Bytes", "COpenSSL",
                "CSecp256k1", "FabricMessages", "ArgumentParser", "SwiftASN1", "SwiftProtobuf",
            ]
        )
    }

    /// The parser of C libraries' input runs in the child alone.
    @Test func onlyTheDecoderDecodes() {
        let decoders: Set = ["PixelDecoding", "ArchiveDecoding", "TextDecoding"]
        for target in Self.targets where target.name != "cinnabar-decoder" && !decoders.contains(target.name) {
            #expect(target.dependencies.isDisjoint(with: decoders), "\(target.name)")
        }
    }
}
