// Liqo's own admission webhooks and its NamespaceOffloading controller against an API server, without the rest of Liqo.
// `liqo webhooks <kubeconfig> <port> <folder for its certificate>` and `liqo controller <kubeconfig>`, as two programs in
// Liqo too (cmd/webhook, cmd/liqo-controller-manager).
package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"

	offloading "github.com/liqotech/liqo/apis/offloading/v1beta1"
	"github.com/liqotech/liqo/pkg/consts"
	nsoffctrl "github.com/liqotech/liqo/pkg/liqo-controller-manager/offloading/namespaceoffloading-controller"
	nsoffwh "github.com/liqotech/liqo/pkg/webhooks/namespaceoffloading"
	podwh "github.com/liqotech/liqo/pkg/webhooks/pod"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/cert"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	log.SetLogger(klog.NewKlogr())
	switch {
	case len(args) == 4 && args[0] == "webhooks":
		return serveWebhooks(args[1], args[2], args[3])
	case len(args) == 2 && args[0] == "controller":
		return reconcile(args[1])
	default:
		return fmt.Errorf("usage: liqo webhooks <kubeconfig> <port> <folder> | controller <kubeconfig>")
	}
}

func serveWebhooks(kubeconfig, port, folder string) error {
	number, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	if err := writeCertificate(folder); err != nil {
		return err
	}
	hooks := webhook.NewServer(webhook.Options{Host: "127.0.0.1", Port: number, CertDir: folder})
	mgr, err := newManager(kubeconfig, ctrl.Options{WebhookServer: hooks})
	if err != nil {
		return err
	}
	// The paths are those of Liqo's cmd/webhook, and so of the configurations in its chart.
	mgr.GetWebhookServer().Register("/validate/namespace-offloading", nsoffwh.New())
	mgr.GetWebhookServer().Register("/mutate/pod", podwh.New(mgr.GetClient(), consts.LiqoRuntimeClassName))
	return mgr.Start(ctrl.SetupSignalHandler())
}

func reconcile(kubeconfig string) error {
	mgr, err := newManager(kubeconfig, ctrl.Options{})
	if err != nil {
		return err
	}
	reconciler := &nsoffctrl.NamespaceOffloadingReconciler{
		Client:       mgr.GetClient(),
		Recorder:     mgr.GetEventRecorderFor("namespaceoffloading-controller"),
		LocalCluster: "venice",
	}
	if err := reconciler.SetupWithManager(mgr); err != nil {
		return err
	}
	return mgr.Start(ctrl.SetupSignalHandler())
}

func newManager(kubeconfig string, options ctrl.Options) (ctrl.Manager, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	options.Scheme = runtime.NewScheme()
	options.Metrics = server.Options{BindAddress: "0"}
	for _, add := range []func(*runtime.Scheme) error{clientgoscheme.AddToScheme, offloading.AddToScheme} {
		if err := add(options.Scheme); err != nil {
			return nil, err
		}
	}
	return ctrl.NewManager(config, options)
}

func writeCertificate(folder string) error {
	certificate, key, err := cert.GenerateSelfSignedCertKey("localhost", []net.IP{net.IPv4(127, 0, 0, 1)}, nil)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "tls.key"), key, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "tls.crt"), certificate, 0o600)
}
