namespace ReportScheduler;

/// <summary>What a report identity signs in as.</summary>
public enum ReportIdentityKind
{
    /// <summary>An application of Entra ID, with a secret or a certificate.</summary>
    EntraApplication,

    /// <summary>The identity that Azure gives the machine or the app.</summary>
    ManagedIdentity,

    /// <summary>A federated token, as Kubernetes and pipelines give it.</summary>
    WorkloadIdentity,

    /// <summary>What the machine offers: environment, workload identity, managed identity, Azure CLI and the like.</summary>
    AzureDefault,

    /// <summary>A service account of Google, with its key file.</summary>
    GoogleServiceAccount,
}
