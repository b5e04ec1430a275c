// Names that Liqo gives to things, as its sources spell them (apis/*, pkg/consts).

export const OFFLOADING_GROUP = 'offloading.liqo.io';
export const OFFLOADING_API_VERSION = `${OFFLOADING_GROUP}/v1beta1`;
export const OFFLOADING_KIND = 'NamespaceOffloading';
/** The only name that the admission webhook accepts (pkg/webhooks/namespaceoffloading). */
export const OFFLOADING_NAME = 'offloading';

/** On a Namespace: turns the pod webhook on for it. */
export const SCHEDULING_LABEL = 'liqo.io/scheduling-enabled';
/** On a NamespaceOffloading: "true" makes the admission webhook look away (since v1.1.0). */
export const WEBHOOK_SKIP_LABEL = 'liqo.io/webhook-skip';
/** "true" on the namespace that holds the objects of one peering (pkg/consts/core.go). */
export const TENANT_NAMESPACE_LABEL = 'liqo.io/tenant-namespace';
/** On a twin namespace: the NamespaceMap, and so the consumer, that it was made for (pkg/consts/namespace_mapping.go). */
export const TWIN_ANNOTATION = 'liqo.io/managed-by-namespace-map';
/** On nodes: `virtual-node` on virtual ones. */
export const TYPE_LABEL = 'liqo.io/type';
export const VIRTUAL_NODE = 'virtual-node';
/** The one label that every virtual node is certain to have, with or without a Node behind it (pkg/utils/virtualnode). */
export const REMOTE_CLUSTER_LABEL = 'liqo.io/remote-cluster-id';
/** On a Secret: whose credentials it holds (pkg/consts/authentication.go). */
export const IDENTITY_TYPE_LABEL = 'liqo.io/identity-type';
/** On a ResourceSlice: Liqo makes a VirtualNode for it (virtualnodecreator-controller). */
export const CREATE_VIRTUAL_NODE = 'liqo.io/create-virtual-node';
/** The taint of virtual nodes. */
export const VIRTUAL_NODE_TAINT = 'virtual-node.liqo.io/not-allowed';
/** What Liqo's chart calls its RuntimeClass, and its handler. */
export const RUNTIME_CLASS = 'liqo';
