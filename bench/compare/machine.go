package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// machine describes the computer on which a run took place.
type machine struct {
	Processor string
	Cores     int
	Memory    string
	System    string
	Load      string // load average over the minute before the run
}

// Busy reports whether other programs used the machine before the run, so that the results are unreliable.
func (m machine) Busy() bool {
	load, err := strconv.ParseFloat(m.Load, 64)
	return err == nil && load > float64(m.Cores)
}

func thisMachine() machine {
	return machine{
		Processor: field("/proc/cpuinfo", `(?m)^model name\s*:\s*(.+)$`), Cores: runtime.NumCPU(),
		Memory: field("/proc/meminfo", `MemTotal:\s*(\d+ kB)`),
		System: strings.TrimSpace(field("/etc/os-release", `PRETTY_NAME="(.+)"`) + ", Linux " +
			field("/proc/sys/kernel/osrelease", `(\S+)`)),
		Load: field("/proc/loadavg", `^(\S+)`),
	}
}

// field returns the text that the expression's first group matches in the file, or "unknown" if there is no match.
func field(file, expression string) string {
	raw, err := os.ReadFile(file)
	if found := regexp.MustCompile(expression).FindSubmatch(raw); err == nil && found != nil {
		return string(found[1])
	}
	return "unknown"
}

type version struct{ Name, Version string }

// versions returns the versions of all tools that are compared. Our version is the git commit.
func versions() []version {
	all := []version{
		{"cards", output("git", "describe", "--always", "--dirty")},
		{"Go", strings.TrimPrefix(runtime.Version(), "go")},
		{"Node", output("node", "--version")},
	}
	for _, name := range []string{"@napi-rs/canvas", "sharp", "@takumi-rs/core", "satori", "@resvg/resvg-js",
		"@vercel/og"} {
		all = append(all, version{name, nodeVersion(name)})
	}
	for _, name := range []string{"chromium", "libjpeg62-turbo", "wrk"} {
		all = append(all, version{"Debian " + name, output("dpkg-query", "-W", "-f", "${Version}", name)})
	}
	return append(all, version{"Echo", output("go", "list", "-m", "-f", "{{.Version}}", "github.com/labstack/echo/v4")})
}

func nodeVersion(name string) string {
	var p struct{ Version string }
	raw, err := os.ReadFile("bench/peers/node_modules/" + name + "/package.json")
	if err != nil || json.Unmarshal(raw, &p) != nil {
		return "not installed"
	}
	return p.Version
}

func output(name string, args ...string) string {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return "not installed"
	}
	return strings.TrimSpace(string(out))
}
