return require "evil.circle_a"
