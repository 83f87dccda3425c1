// swift-tools-version: 6.2
import PackageDescription

// The rooms that scripts can touch and their tests, for `make sanitize`: a package of its own, without any other package, so
// that all of it is built with a sanitizer in little time. The folders are links, but for LuaJumps.

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .define("SANITIZED"),
]

// Swift has no UndefinedBehaviorSanitizer. Our C is built with it unless it is ThreadSanitizer's turn: what is undefined ends the
// process, which needs no library.
let cSettings: [CSetting] =
    Context.environment["PLUMBLINE_UNDEFINED"] == "1"
    ? [.unsafeFlags(["-fsanitize=undefined", "-fsanitize-trap=undefined"])] : []

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func cRoom(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, cSettings: cSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["PlumblineTestSupport", "Statistics"], exclude: exclude,
        swiftSettings: swiftSettings)
}

#if os(Linux)
let systemCallFilters: [Target] = [.systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp")]
let systemCallFilter: [Target.Dependency] = ["CSeccomp"]
#else
let systemCallFilters: [Target] = []
let systemCallFilter: [Target.Dependency] = []
#endif

let package = Package(
    name: "sanitize",
    platforms: [.macOS(.v26)],
    targets: systemCallFilters + [
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4"),
        cRoom("LuaJumps"),
        cRoom("CLuaShims", ["CLua", "LuaJumps"]),
        cRoom("CLuaLibrary", ["CLua", "CLuaShims"]),
        cRoom("CWorkerShims", systemCallFilter),
        room("CivilCalendar"),
        room("Columnar", ["CivilCalendar"]),
        room("Statistics"),
        room("Spelling"),
        room("LuaSyntax", ["Spelling"]),
        room("LuaSandbox", ["CLuaShims", "CLuaLibrary"]),
        room("MeasureModel", ["CivilCalendar"]),
        room("MeasureLanguage", ["LuaSyntax"]),
        room(
            "MeasureHost",
            [
                "LuaSandbox", "LuaSyntax", "MeasureLanguage", "Spelling", "Columnar", "CivilCalendar", "Statistics",
                "MeasureModel",
            ]),
        room("Workers", ["CWorkerShims", "MeasureModel"]),
        .executableTarget(
            name: "plumb-worker", dependencies: ["MeasureHost", "Workers", "MeasureModel"],
            swiftSettings: swiftSettings),
        .target(
            name: "PlumblineTestSupport", dependencies: ["Statistics"], path: "Tests/PlumblineTestSupport",
            swiftSettings: swiftSettings),
        tests("LuaSandboxTests", ["LuaSandbox", "CLua", "CLuaLibrary"], exclude: ["Scripts"]),
        cRoom("HostileCalls"),
        .executableTarget(
            name: "hostile-worker",
            dependencies: ["MeasureHost", "LuaSandbox", "Workers", "MeasureModel", "HostileCalls"],
            swiftSettings: swiftSettings),
        .executableTarget(name: "refusing-kernel"),
        tests(
            "MeasureHostTests",
            ["MeasureHost", "MeasureLanguage", "LuaSyntax", "MeasureModel", "Columnar", "CivilCalendar"]),
        tests(
            "WorkersTests",
            [
                "Workers", "MeasureModel", "Columnar", "CivilCalendar", "plumb-worker", "hostile-worker",
                "refusing-kernel", "HostileCalls",
            ]),
        tests(
            "HostileTests",
            ["Workers", "MeasureModel", "Columnar", "CivilCalendar", "plumb-worker", "refusing-kernel"],
            exclude: ["Scripts", "Entries", "Modules"]),
    ]
)
