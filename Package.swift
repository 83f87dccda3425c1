// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, ground floor first. Imports go downwards only;
// Tests/ArchitectureTests holds the table that is checked.

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

let cSettings: [CSetting] = [
    .treatAllWarnings(as: .error),
    .enableWarning("all"),
    .enableWarning("extra"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func cRoom(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, cSettings: cSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["PlumblineTestSupport"], exclude: exclude,
        swiftSettings: swiftSettings)
}

// Files of the feed that are compiled in, so that the program is one file.
let feedResources: [Resource] = [
    .embedInCode("Resources/index.mustache"),
    .embedInCode("Resources/index.schema.json"),
    .embedInCode("Resources/measures.schema.json"),
    .embedInCode("Resources/observations.schema.json"),
]

// Linux alone filters system calls.
#if os(Linux)
let systemCallFilters: [Target] = [
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])])
]
let systemCallFilter: [Target.Dependency] = ["CSeccomp"]
#else
let systemCallFilters: [Target] = []
let systemCallFilter: [Target.Dependency] = []
#endif

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "plumbline",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "plumb", targets: ["plumb"]),
        .executable(name: "plumb-worker", targets: ["plumb-worker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: systemCallFilters + [
        // Floor 0
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
        cRoom("CLuaShims", ["CLua"]),
        cRoom("CLuaLibrary", ["CLua", "CLuaShims"]),
        cRoom("CWorkerShims", systemCallFilter),
        room("CivilCalendar"),
        room("Columnar", ["CivilCalendar"]),
        room("Statistics"),
        room("Spelling"),
        room("LuaSyntax", ["Spelling"]),
        // Floor 1
        room("LuaSandbox", ["CLuaShims", "CLuaLibrary"]),
        room("TabularIO", ["Columnar", "CivilCalendar"]),
        room("MeasureModel", ["CivilCalendar"]),
        room("DisclosureControl", ["MeasureModel"]),
        room("MeasureLanguage", ["LuaSyntax"]),
        room("Configuration", ["Spelling", yams]),
        room("PluginPackaging", ["Configuration", "MeasureModel", "CivilCalendar", "Spelling", crypto]),
        // Floor 2
        room(
            "MeasureHost",
            [
                "LuaSandbox", "LuaSyntax", "MeasureLanguage", "Spelling", "Columnar", "CivilCalendar", "Statistics",
                "MeasureModel",
            ]),
        room(
            "Workspace",
            [
                "TabularIO", "Columnar", "CivilCalendar", "MeasureModel", "PluginPackaging", "Configuration",
                "Spelling",
                grdb, crypto,
            ]),
        room("Workers", ["CWorkerShims", "MeasureModel"]),
        room("SampleData", ["TabularIO", "CivilCalendar", "MeasureModel", "Statistics"]),
        // Floor 3
        room(
            "Nightly",
            [
                "Workspace", "Workers", "DisclosureControl", "MeasureModel", "LuaSyntax", "Statistics", "Columnar",
                "CivilCalendar",
            ]),
        room("PluginRegistry", ["Workspace", "PluginPackaging", "MeasureModel"]),
        room("Feed", ["Workspace", "TabularIO", "MeasureModel", "Statistics", mustache], resources: feedResources),
        // Floor 4
        room(
            "PlumblineCommands",
            [
                "Nightly", "Feed", "PluginRegistry", "PluginPackaging", "Workspace", "Workers", "SampleData",
                "TabularIO", "MeasureLanguage", "Columnar",
                "CivilCalendar", "MeasureModel", argumentParser,
            ]),
        // Floor 5
        .executableTarget(name: "plumb", dependencies: ["PlumblineCommands"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "plumb-worker", dependencies: ["MeasureHost", "Workers", "MeasureModel"],
            swiftSettings: swiftSettings),
        // Hot loops for Benchmarks/; not shipped
        .executableTarget(
            name: "plumb-bench",
            dependencies: [
                "MeasureHost", "MeasureModel", "Workers", "LuaSandbox", "TabularIO", "Columnar", "CivilCalendar",
            ],
            path: "Benchmarks/Micro", swiftSettings: swiftSettings),
        // Programs that the tests of the lock-down start
        .target(name: "HostileCalls", path: "Tests/HostileWorker/Calls", cSettings: cSettings),
        .executableTarget(
            name: "hostile-worker",
            dependencies: ["MeasureHost", "LuaSandbox", "Workers", "MeasureModel", "HostileCalls"],
            path: "Tests/HostileWorker/Program", swiftSettings: swiftSettings),
        .executableTarget(name: "refusing-kernel", path: "Tests/RefusingKernel", cSettings: cSettings),
        // Tests
        .target(
            name: "PlumblineTestSupport", dependencies: ["Statistics"], path: "Tests/PlumblineTestSupport",
            swiftSettings: swiftSettings),
        tests("ArchitectureTests", []),
        tests("CivilCalendarTests", ["CivilCalendar", "Statistics"]),
        tests("ColumnarTests", ["Columnar", "CivilCalendar", "Statistics"]),
        tests("LuaSandboxTests", ["LuaSandbox", "Statistics", "CLua", "CLuaLibrary"], exclude: ["Scripts"]),
        tests("LuaSyntaxTests", ["LuaSyntax", "Statistics"]),
        tests(
            "MeasureHostTests",
            [
                "MeasureHost", "MeasureLanguage", "LuaSyntax", "MeasureModel", "Columnar", "CivilCalendar",
                "Statistics",
            ]),
        tests("MeasureLanguageTests", ["MeasureLanguage", "LuaSyntax", "plumb", "plumb-worker", "Statistics"]),
        tests("MeasureModelTests", ["MeasureModel", "CivilCalendar", "Statistics"]),
        tests("PluginPackagingTests", ["PluginPackaging", "MeasureModel", "CivilCalendar", "Statistics"]),
        tests("PluginRegistryTests", ["PluginRegistry", "Statistics"]),
        tests("SpellingTests", ["Spelling", "Statistics"]),
        tests("StatisticsTests", ["Statistics"]),
        tests("TabularIOTests", ["TabularIO", "Columnar", "CivilCalendar", "Statistics"]),
        tests(
            "WorkspaceTests",
            ["Workspace", "TabularIO", "MeasureModel", "Columnar", "CivilCalendar", "Statistics", grdb]),
        tests(
            "NightlyTests",
            [
                "Nightly", "Workers", "Workspace", "MeasureModel", "Statistics", "CivilCalendar", "plumb",
                "plumb-worker",
                "refusing-kernel",
            ]),
        tests("DisclosureControlTests", ["DisclosureControl", "MeasureModel"]),
        tests(
            "WorkersTests",
            [
                "Workers", "MeasureModel", "Columnar", "CivilCalendar", "Statistics", "plumb-worker", "hostile-worker",
                "refusing-kernel", "HostileCalls",
            ]),
        tests(
            "HostileTests",
            ["Workers", "MeasureModel", "Columnar", "CivilCalendar", "Statistics", "plumb-worker", "refusing-kernel"],
            exclude: ["Scripts", "Entries", "Modules"]),
        tests(
            "OracleTests",
            [
                "Nightly", "Workers", "Workspace", "Columnar", "MeasureModel", "CivilCalendar", "plumb-worker",
                "refusing-kernel",
            ],
            exclude: ["Answers"]),
        tests(
            "EndToEndTests",
            [
                "plumb", "plumb-worker", "hostile-worker", "refusing-kernel", "PluginPackaging", "Columnar",
                "Statistics",
            ],
            exclude: ["Golden"]),
    ]
)
