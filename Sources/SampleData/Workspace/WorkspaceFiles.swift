/// The files of the sample workspace beside its data: configuration, codebooks, and two networks' own measures.
enum WorkspaceFiles {
    static func all(_ world: SampleWorld) -> [SampleFile] {
        [
            SampleFile(path: "plumbline.yaml", text: configuration(world)),
            SampleFile(path: "codebooks/survey.yaml", text: SurveyCodebook(world).text),
            SampleFile(path: "codebooks/practice.yaml", text: practiceCodebook),
            SampleFile(path: "codebooks/students.yaml", text: studentsCodebook),
            SampleFile(path: ".gitignore", text: ".plumbline/\nsite/\n"),
        ] + networkMeasures(world)
    }

    // MARK: Configuration

    private static func configuration(_ world: SampleWorld) -> String {
        let networks = world.networks.map { network in
            let share = network.index == 0 ? "early-literacy/reading.minutes" : network.index == 1 ? "*" : nil
            let threshold = network.index == 1 ? ", response_threshold: 0.78" : ""
            return "  \(network.id): { share: [\(share.map { "\"\($0)\"" } ?? "")]\(threshold) }"
        }
        let waves = SampleCalendar.waves.map { "  - { id: \($0.id), start: \($0.start), end: \($0.end) }" }
        return """
            # The sample hub that `plumb demo` makes. Everything in it was generated.
            hub: riverbend
            time_zone: America/Chicago

            # Which of a network's own measures (in networks/<id>/Measures) the hub's feed shows; how many must answer a survey.
            networks:
            \(networks.joined(separator: "\n"))

            # `end` is the day after the last.
            waves:
            \(waves.joined(separator: "\n"))

            dimensions: { school: { in: district }, district: { in: network }, team: { in: network } }

            \(datasets)
            # Numbers that rest on fewer persons are hidden.
            privacy:
              staff_survey: { minimum: 5 }
              staff_record: { minimum: 5 }
              student_record: { minimum: 10 }
              practice: { minimum: 2 }

            # Hub measures that may look at single rows.
            row_access: [\(rowAccess.joined(separator: ", "))]
            public: { share: ["out.*"] }
            limits: { cpu: 10s, memory: 256MB }

            # Charts start anew where something is known to have changed.
            measures:
              out.on_track_counts:
                phases:
                  - start: \(OutcomesTable.shiftStart)
                    reason: "the network launched its common change"
                    group: { network: \(OutcomesTable.shifted(world).id) }

            """
    }

    /// Shipped measures that look at single rows.
    private static let rowAccess = ["dq.answered_again", "eng.core_member_share", "pdsa.chained"]

    private static let datasets = """
        datasets:
          survey:
            class: staff_survey
            person: respondent
            period: { column: submitted }
            codebook: codebooks/survey.yaml
            response: { eligible: roster, threshold: 0.5 }
            n_kind: answers
          roster:
            class: staff_record
            person: person
            valid: { from: start, to: end }
            codebook: codebooks/practice.yaml
            n_kind: people
          pdsa:
            class: practice
            person: owner
            period: { column: started }
            codebook: codebooks/practice.yaml
            keys: [cycle]
            n_kind: cycles
          adoption:
            class: practice
            person: lead
            period: { column: adopted }
            codebook: codebooks/practice.yaml
            n_kind: adoptions
          sites: { class: practice, person: row, codebook: codebooks/practice.yaml, n_kind: schools }
          ties:
            class: staff_survey
            person: from
            person_columns: [from, to]
            period: { column: wave, kind: wave }
            codebook: codebooks/practice.yaml
            response: { eligible: roster, threshold: 0.7 }
            n_kind: ties
          events:
            class: practice
            person: person
            period: { column: date }
            codebook: codebooks/practice.yaml
            n_kind: invitations
          contacts:
            class: practice
            person: coach
            period: { column: requested }
            codebook: codebooks/practice.yaml
            keys: [contact]
            n_kind: contacts
          drivers: { class: practice, person: owner, codebook: codebooks/practice.yaml, n_kind: drivers }
          practical:
            class: practice
            person: recorder
            period: { column: date }
            codebook: codebooks/practice.yaml
            n_kind: readings
          projects:
            class: practice
            person: lead
            period: { column: listed }
            codebook: codebooks/practice.yaml
            n_kind: projects
          meetings:
            class: practice
            person: facilitator
            period: { column: date }
            codebook: codebooks/practice.yaml
            n_kind: meetings
          # A row for each enrolment: who changed schools in the year has two.
          students:
            class: student_record
            person: student
            period: { column: school_year, kind: school_year }
            codebook: codebooks/students.yaml
            n_kind: students
          # Rows already count students: 30 students in 36 weeks are 30 persons.
          outcomes:
            class: student_record
            persons: { count: enrolled, of: [school, student_group] }
            period: { column: week_start }
            codebook: codebooks/practice.yaml
            n_kind: students

        """

    /// Labels, and types of columns that may be blank in a whole file.
    private static let practiceCodebook = """
        # What all datasets but the survey share.
        columns:
          team: { label: "Team" }
          end: { label: "Last day in the place; blank for still", type: date }
          previous: { label: "The cycle that this one builds on; blank for none", type: text }
          ended: { label: "Last day; blank while it goes on", type: date }
          matched: { label: "Did what happened match the prediction?", type: text }
          decision: { label: "What the team decided", type: text }
          origin: { label: "The team an idea was borrowed from; blank for its own", type: text }
          replied: { label: "When the hub answered; blank for never", type: timestamp }
          hours: { label: "Hours", type: number }
          many_since: { label: "Used by many since; blank for not yet", type: date }
          program_start: { label: "First day of the program, for schools that are compared, too", type: date }
          launched: { label: "First day of the network's common change", type: date }
          driver: { label: "The driver that a cycle or a measure is about; blank for none", type: text }
          parent: { label: "The driver above; blank for primary drivers", type: text }
          measure: { label: "The measure; blank for none", type: text }
          improved: { label: "Does the team claim an improvement?", type: boolean }
          before: { label: "The value before the cycle", type: number }
          after: { label: "The value after it", type: number }
          goal: { label: "The value that the team aimed at", type: number }
          limit: { label: "The share above which a balancing measure is a warning", type: number }
          listed: { label: "The day of the list", type: date }
          score: { label: "IHI progress score, 0.5 to 5", type: number, range: [0.5, 5] }
          scored: { label: "When the score was last looked at", type: date }
          fidelity: { label: "Fidelity, 0 to 4", type: number, range: [0, 4] }
          on_track: { label: "Students on track" }
          absent_10: { label: "Students who missed a tenth of their days or more" }
        labels:
          district: { A: Alder Valley, B: Birch County }
          arm: { treated: uses the change ideas, comparison: compared }
          student_group: { general: General education, iep: With an IEP, multilingual: Multilingual }

        """

    private static let studentsCodebook = """
        # Ninth-grade students, one row for each enrolment in a school year.
        columns:
          left: { label: "Did the student leave this school during the year?", type: boolean }
          days_enrolled: { label: "Days enrolled in this school" }
          days_absent: { label: "Days absent from it; half days are halves", type: number }
          enrolled_before: { label: "Days enrolled in other schools before, in the same year" }
          absent_before: { label: "Days absent there", type: number }
          credits: { label: "Full-year course credits", type: number }
          core_failures: { label: "Semester Fs in core courses", type: integer }
          gpa: { label: "Grade point average, 0 to 4", type: number }
          low_marks: { label: "Ds and Fs in English language arts and mathematics", type: integer }
          suspensions: { label: "Suspensions, in school or out", type: integer }
          score_before: { label: "Score of the test before the year", type: integer }
          score: { label: "Score of the test at the end of the year", type: integer }
        missing: { not_applicable: ["NA"] }
        labels:
          district: { A: Alder Valley, B: Birch County }
          student_group: { general: General education, iep: With an IEP, multilingual: Multilingual }

        """

    // MARK: The networks' own measures

    private static func networkMeasures(_ world: SampleWorld) -> [SampleFile] {
        let texts = [readingMinutes, aboveTarget]
        return zip(world.networks, texts).map { network, measure in
            SampleFile(path: "networks/\(network.id)/Measures/\(measure.file)", text: measure.text)
        }
    }

    private static let readingMinutes = (
        file: "reading_minutes.lua",
        text: """
        -- A network's own measure: it reaches this network's rows only, and may look at single ones.
        return measure {
          id = "reading.minutes", version = "1.0.0",
          title = "Common planning time", question = "How many minutes do our teams plan together in a week?",
          domain = "roles", type = "process", direction = "higher", unit = "minutes",
          from = "survey", columns = { "minutes" },
          by = { {}, { "school" } }, every = "wave",
          value = function(g, p)
            return g.minutes:mean()
          end,
          tests = {
            { name = "a mean of two", rows = { { minutes = 30 }, { minutes = 60 } }, expect = { value = 45, n = 2 } },
            { name = "a blank is left out", rows = { { minutes = 30 }, {} }, expect = { value = 30, n = 1 } },
            { name = "nobody answered", rows = { {} }, expect = { status = "insufficient" } },
          },
        }

        """
    )

    private static let aboveTarget = (
        file: "above_target.lua",
        text: """
        -- A network's own measure with a parameter: the share of teams' cycles that looked at enough data.
        return measure {
          id = "cycles.with_data", version = "1.0.0",
          title = "Cycles with enough data points",
          question = "In how many of our cycles were there enough data points to see a change?",
          domain = "pdsa", type = "process", direction = "higher", unit = "proportion",
          from = "pdsa", columns = { "data_points" },
          by = { {}, { "school" } }, every = "school_year",
          params = { points = { default = 4, min = 1, max = 20, about = "data points that are enough" } },
          value = function(g, p)
            return g.data_points:at_least(p.points):share()
          end,
          tests = {
            { name = "exactly enough counts", rows = { { data_points = 4 }, { data_points = 3 } }, expect = { value = 0.5, n = 2 } },
            { name = "a blank is left out", rows = { { data_points = 5 }, {} }, expect = { value = 1, n = 1 } },
          },
        }

        """
    )
}
