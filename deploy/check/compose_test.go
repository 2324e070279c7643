package check

import (
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// environment is what the file .env of docs/deploy.md sets.
var environment = types.Mapping{
	"CARDS_PUBLIC_URL": "https://cards.example", "CARDS_API_TOKEN": "t", "CARDS_SIGNING_KEY": "k", "POSTGRES_PASSWORD": "p",
	"S3_SECRET": "s",
}

// project loads compose.yaml as Compose does: by the schema of the specification, with references resolved.
func project(t *testing.T, env types.Mapping) (*types.Project, error) {
	t.Helper()
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir: dir, ConfigFiles: []types.ConfigFile{{Filename: filepath.Join(dir, "compose.yaml")}}, Environment: maps.Clone(env), // it is added to
	})
}

// TestCompose: two replicas of one image that differ in their /data alone, on pinned images, with nothing to write but
// volumes.
func TestCompose(t *testing.T) {
	p, err := project(t, environment)
	if err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`^[a-z/-]+:v?\d+\.\d+[a-z0-9.-]*$`)
	for name, s := range p.Services {
		if s.Build == nil && !pinned.MatchString(s.Image) {
			t.Errorf("%s: the image %q has no version", name, s.Image)
		}
		if s.Build != nil {
			if _, err := os.Stat(filepath.Join(s.Build.Context, s.Build.Dockerfile)); err != nil {
				t.Error(err)
			}
		}
		for _, v := range s.Volumes {
			if v.Type == types.VolumeTypeBind {
				if _, err := os.Stat(v.Source); err != nil {
					t.Error(err)
				}
			}
		}
	}
	first, second := p.Services["cards-1"], p.Services["cards-2"]
	for _, s := range []types.ServiceConfig{first, second} {
		if !s.ReadOnly || len(s.CapDrop) != 1 || s.CapDrop[0] != "ALL" || s.Privileged || s.User != "" || s.HealthCheck != nil {
			t.Errorf("%s may do more than the image needs", s.Name)
		}
		if len(s.Volumes) != 1 || s.Volumes[0].Target != "/data" {
			t.Errorf("%s writes %v", s.Name, s.Volumes)
		}
		if grace := s.StopGracePeriod; grace == nil || time.Duration(*grace) < 30*time.Second {
			t.Errorf("%s is killed after %v", s.Name, grace)
		}
		if s.MemLimit != 512<<20 {
			t.Errorf("%s may have %d bytes", s.Name, s.MemLimit)
		}
	}
	if first.Volumes[0].Source == second.Volumes[0].Source {
		t.Error("the replicas share /data")
	}
	if len(p.Services["nginx"].Ports) != 1 {
		t.Error("nginx is not reached")
	}
	for name, s := range p.Services {
		if name != "nginx" && len(s.Ports) > 0 {
			t.Errorf("%s is reached past nginx", name)
		}
	}
}

// TestComposeNetworks: cards trusts nginx alone, by the address that it has, and the database has no way out.
func TestComposeNetworks(t *testing.T) {
	p, err := project(t, environment)
	if err != nil {
		t.Fatal(err)
	}
	inside := p.Networks["inside"]
	if !inside.Internal || len(inside.Ipam.Config) != 1 {
		t.Fatalf("%+v", inside)
	}
	subnet := netip.MustParsePrefix(inside.Ipam.Config[0].Subnet)
	taken := map[string]bool{}
	for name, s := range p.Services {
		of := s.Networks["inside"]
		if name == "database" || name == "pictures" {
			if len(s.Networks) != 1 {
				t.Errorf("%s is on %v", name, s.Networks)
			}
			continue
		}
		if addr, err := netip.ParseAddr(of.Ipv4Address); err != nil || !subnet.Contains(addr) || taken[of.Ipv4Address] {
			t.Errorf("%s: %q, %v", name, of.Ipv4Address, err)
		}
		taken[of.Ipv4Address] = true
	}
	for _, name := range []string{"cards-1", "cards-2"} {
		trusted := p.Services[name].Environment["CARDS_TRUSTED_PROXY"]
		if trusted == nil || *trusted != p.Services["nginx"].Networks["inside"].Ipv4Address {
			t.Errorf("%s does not trust nginx", name)
		}
		if !strings.Contains(string(read(t, "nginx.conf")), "server "+name+":8080 ") {
			t.Errorf("nginx does not know %s", name)
		}
	}
}

// TestComposeNeedsItsSecrets: without any one of the settings nothing starts.
func TestComposeNeedsItsSecrets(t *testing.T) {
	for missing := range environment {
		env := types.Mapping{}
		for name, value := range environment {
			if name != missing {
				env[name] = value
			}
		}
		if _, err := project(t, env); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
}
