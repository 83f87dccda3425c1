return require "evil.circle_b"
