// swift-tools-version: 6.2
import PackageDescription

// Readers of foreign bytes under mutation and measures from a grammar, see `make fuzz`: a package of its own, of the rooms
// that need no other package, so that they can be built with a sanitizer. `Rooms` holds links to them.

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Rooms/\(name)", swiftSettings: swiftSettings)
}

func cRoom(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Rooms/\(name)")
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    targets: [
        room("CivilCalendar"),
        room("Columnar", ["CivilCalendar"]),
        room("Statistics"),
        room("TabularIO", ["Columnar", "CivilCalendar"]),
        .systemLibrary(name: "CLua", path: "Rooms/CLua", pkgConfig: "lua5.4"),
        cRoom("CLuaShims", ["CLua"]),
        cRoom("CLuaLibrary", ["CLua", "CLuaShims"]),
        room("LuaSandbox", ["CLuaShims", "CLuaLibrary"]),
        room("Spelling"),
        room("LuaSyntax", ["Spelling"]),
        room("MeasureModel", ["CivilCalendar"]),
        room("MeasureLanguage", ["LuaSyntax"]),
        room(
            "MeasureHost",
            [
                "LuaSandbox", "LuaSyntax", "MeasureLanguage", "Spelling", "Columnar", "CivilCalendar", "Statistics",
                "MeasureModel",
            ]),
        .executableTarget(
            name: "fuzz",
            dependencies: ["Columnar", "CivilCalendar", "Statistics", "TabularIO", "MeasureHost", "MeasureModel"],
            swiftSettings: swiftSettings),
    ]
)
