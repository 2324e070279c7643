package check

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	disruption "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// manifests are the objects of the folder kubernetes.
type manifests struct {
	deployment apps.Deployment
	budget     disruption.PodDisruptionBudget
	service    core.Service
	ingress    networking.Ingress
	network    networking.NetworkPolicy
	settings   core.ConfigMap
	secret     core.Secret
}

// decoded reads each document strictly into the type of its kind: a field that Kubernetes does not know, or that is given
// twice, is an error.
func decoded(t *testing.T) (m manifests) {
	t.Helper()
	kinds := map[string]any{
		"apps/v1 Deployment": &m.deployment, "policy/v1 PodDisruptionBudget": &m.budget, "v1 Service": &m.service,
		"networking.k8s.io/v1 Ingress": &m.ingress, "networking.k8s.io/v1 NetworkPolicy": &m.network,
		"v1 ConfigMap": &m.settings, "v1 Secret": &m.secret,
	}
	files, err := filepath.Glob("../kubernetes/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for document := range bytes.SplitSeq(raw, []byte("\n---\n")) {
			var kind metav1.TypeMeta
			if err := yaml.Unmarshal(document, &kind); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			what := kind.APIVersion + " " + kind.Kind
			if kinds[what] == nil {
				t.Fatalf("%s has a second or unknown %s", name, what)
			}
			raw, err := yaml.YAMLToJSONStrict(document)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, what, err)
			}
			if unknown, err := json.UnmarshalStrict(raw, kinds[what]); err != nil || len(unknown) > 0 {
				t.Errorf("%s, %s: %v, %v", name, what, err, unknown)
			}
			delete(kinds, what)
		}
	}
	for what := range kinds {
		t.Errorf("there is no %s", what)
	}
	if t.Failed() {
		t.FailNow()
	}
	return m
}

// TestReferences: what the objects say of each other is true.
func TestReferences(t *testing.T) {
	m := decoded(t)
	pod := m.deployment.Spec.Template
	for what, s := range map[string]*metav1.LabelSelector{
		"Deployment": m.deployment.Spec.Selector, "PodDisruptionBudget": m.budget.Spec.Selector,
		"NetworkPolicy": &m.network.Spec.PodSelector, "Service": {MatchLabels: m.service.Spec.Selector},
		"spread over machines": pod.Spec.TopologySpreadConstraints[0].LabelSelector,
		"spread over zones":    pod.Spec.TopologySpreadConstraints[1].LabelSelector,
	} {
		if selector, err := metav1.LabelSelectorAsSelector(s); err != nil || selector.Empty() || !selector.Matches(labels.Set(pod.Labels)) {
			t.Errorf("%s does not select the pods: %v", what, err)
		}
	}
	container := pod.Spec.Containers[0]
	port := container.Ports[0]
	if m.service.Spec.Ports[0].TargetPort.StrVal != port.Name || port.ContainerPort != 8080 ||
		m.network.Spec.Ingress[0].Ports[0].Port.StrVal != port.Name {
		t.Errorf("port %+v", port)
	}
	backend := m.ingress.Spec.Rules[0].HTTP.Paths[0].Backend.Service
	if backend.Name != m.service.Name || backend.Port.Name != m.service.Spec.Ports[0].Name {
		t.Errorf("backend %+v", backend)
	}
	if len(container.EnvFrom) != 2 || container.EnvFrom[0].ConfigMapRef.Name != m.settings.Name ||
		container.EnvFrom[1].SecretRef.Name != m.secret.Name {
		t.Errorf("settings from %+v", container.EnvFrom)
	}
	if host := m.ingress.Spec.Rules[0].Host; m.settings.Data["CARDS_PUBLIC_URL"] != "https://"+host || m.ingress.Spec.TLS[0].Hosts[0] != host {
		t.Errorf("host %s", host)
	}
	for _, o := range []metav1.Object{&m.deployment, &m.budget, &m.service, &m.ingress, &m.network, &m.settings, &m.secret} {
		if problems := validation.IsDNS1123Subdomain(o.GetName()); problems != nil {
			t.Errorf("%q: %v", o.GetName(), problems)
		}
	}
	if volume := pod.Spec.Volumes[0]; volume.Name != container.VolumeMounts[0].Name || container.VolumeMounts[0].MountPath != "/data" {
		t.Errorf("volume %s", volume.Name)
	}
}

// TestPodsAreRestricted: the pods pass Kubernetes' own standard "restricted", and write nothing but /data.
func TestPodsAreRestricted(t *testing.T) {
	pod := decoded(t).deployment.Spec.Template
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	for _, r := range evaluator.EvaluatePod(restricted, &pod.ObjectMeta, &pod.Spec) {
		if !r.Allowed {
			t.Errorf("%s: %s", r.ForbiddenReason, r.ForbiddenDetail)
		}
	}
	c := pod.Spec.Containers[0]
	if !*c.SecurityContext.ReadOnlyRootFilesystem || *pod.Spec.AutomountServiceAccountToken || *pod.Spec.SecurityContext.RunAsUser != 65532 {
		t.Errorf("%+v", pod.Spec)
	}
	if memory := c.Resources.Limits.Memory().Value(); memory != 512<<20 {
		t.Errorf("limit of memory: %d", memory)
	}
}

// TestPodsEndInTime: a pod is killed only after the drain, the 15 s of requests in flight, and some more. A new one comes
// before an old one goes.
func TestPodsEndInTime(t *testing.T) {
	m := decoded(t)
	drain, err := time.ParseDuration(m.settings.Data["CARDS_DRAIN"])
	if err != nil {
		t.Fatal(err)
	}
	grace := time.Duration(*m.deployment.Spec.Template.Spec.TerminationGracePeriodSeconds) * time.Second
	if drain < 5*time.Second || grace < drain+25*time.Second {
		t.Errorf("%s, of which %s are the drain", grace, drain)
	}
	if update := m.deployment.Spec.Strategy.RollingUpdate; update.MaxUnavailable.IntValue() != 0 || update.MaxSurge.IntValue() != 1 {
		t.Errorf("%+v", update)
	}
	if *m.deployment.Spec.Replicas < 2 || m.budget.Spec.MinAvailable.IntValue() >= int(*m.deployment.Spec.Replicas) {
		t.Error("no machine can be drained")
	}
	c := m.deployment.Spec.Template.Spec.Containers[0]
	for want, probe := range map[string]*core.Probe{"/readyz": c.StartupProbe, "/healthz": c.ReadinessProbe, "/healthz ": c.LivenessProbe} {
		if probe.HTTPGet.Path != strings.TrimSpace(want) || probe.HTTPGet.Port.StrVal != "http" {
			t.Errorf("%+v", probe)
		}
	}
}

// TestEgress: which addresses the policy lets pods reach, beside those of selected pods.
func TestEgress(t *testing.T) {
	m := decoded(t)
	for _, tt := range []struct {
		address string
		allowed bool
	}{
		{"93.184.215.14:443", true}, {"93.184.215.14:80", true}, {"[2606:2800:21f::1]:443", true}, {"172.32.0.1:443", true},
		{"93.184.215.14:22", false}, {"93.184.215.14:5432", false}, {"[2606:2800:21f::1]:25", false},
		{"169.254.169.254:80", false}, {"168.63.129.16:80", false}, {"100.100.100.200:80", false}, {"192.0.0.192:80", false},
		{"[fd00:ec2::254]:80", false}, {"[fe80::a9fe:a9fe]:80", false}, {"[::ffff:169.254.169.254]:80", false},
		{"10.96.0.1:443", false}, {"172.16.0.1:443", false}, {"192.168.1.1:80", false}, {"127.0.0.1:80", false},
		{"[2002:a9fe:a9fe::1]:80", false}, {"[64:ff9b::a9fe:a9fe]:80", false}, {"224.0.0.1:80", false}, {"255.255.255.255:80", false},
	} {
		if got := mayReach(m.network, netip.MustParseAddrPort(tt.address)); got != tt.allowed {
			t.Errorf("%s: %v", tt.address, got)
		}
	}
	if types := fmt.Sprint(m.network.Spec.PolicyTypes); types != "[Ingress Egress]" {
		t.Errorf("it holds for %s", types)
	}
}

// mayReach reports whether a rule for address blocks allows a TCP connection.
func mayReach(p networking.NetworkPolicy, to netip.AddrPort) bool {
	for _, rule := range p.Spec.Egress {
		open := len(rule.Ports) == 0
		for _, port := range rule.Ports {
			open = open || *port.Protocol == core.ProtocolTCP && port.Port.IntValue() == int(to.Port())
		}
		for _, peer := range rule.To {
			if block := peer.IPBlock; open && block != nil && within(block, to.Addr()) {
				return true
			}
		}
	}
	return false
}

func within(b *networking.IPBlock, addr netip.Addr) bool {
	in := netip.MustParsePrefix(b.CIDR).Contains(addr)
	for _, except := range b.Except {
		in = in && !netip.MustParsePrefix(except).Contains(addr)
	}
	return in
}
