using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;
using ReportScheduler.Secrets;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>The vaults of Microsoft.PowerShell.SecretManagement, or of any module that has its Get-Secret.</summary>
/// <remarks>
/// On the session's own thread Get-Secret is the session's, and may ask the person for the vault's password. Reports of a runner are made
/// on other threads: there a runspace of its own reads the secret, with the module that the session has. An unlocked vault is unlocked for
/// the whole process.
/// </remarks>
internal sealed partial class SessionVault : IVault
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    private readonly Runspace? session = Runspace.DefaultRunspace;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly string? modulePath;

    /// <param name="command">The command whose session it is.</param>
    /// <param name="isUsedElsewhere">Whether reports are made on other threads, which need to know the module of the session.</param>
    public SessionVault(PSCmdlet command, bool isUsedElsewhere) => modulePath = isUsedElsewhere ? ModulePath(command) : null;

    public string Read(string? vault, string name, string reference)
    {
        if (Environment.CurrentManagedThreadId == thread && Runspace.DefaultRunspace == session)
        {
            return Read(() => PowerShell.Create(RunspaceMode.CurrentRunspace), vault, name, reference);
        }

        using var own = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        own.Open();
        if (modulePath is not null)
        {
            using var import = PowerShell.Create();
            import.Runspace = own;
            import.AddCommand("Import-Module").AddParameter("Name", modulePath).Invoke();
        }

        return Read(
            () =>
            {
                var shell = PowerShell.Create();
                shell.Runspace = own;
                return shell;
            },
            vault,
            name,
            reference);
    }

    private static string Read(Func<PowerShell> create, string? vault, string name, string reference)
    {
        using var shell = create();
        shell.AddCommand("Get-Secret").AddParameter("Name", name).AddParameter("ErrorAction", "SilentlyContinue");
        if (vault is not null)
        {
            shell.AddParameter("Vault", vault);
        }

        ErrorRecord? refused;
        try
        {
            var found = shell.Invoke();
            refused = shell.Streams.Error.FirstOrDefault();
            if (found.Count > 0 && found[0] is not null)
            {
                return Text(found[0].BaseObject, reference) is { Length: > 0 } text ? text : throw SecretErrors.VaultSecretEmpty(reference);
            }
        }
        catch (CommandNotFoundException problem)
        {
            throw SecretErrors.VaultModuleMissing(reference, problem.CommandName == "Get-Secret" ? null : problem.Message);
        }
        catch (RuntimeException problem)
        {
            refused = problem.ErrorRecord;
        }

        throw Explain(create, refused, vault, name, reference);
    }

    private static string Text(object secret, string reference) => secret switch
    {
        PSCredential credential => credential.GetNetworkCredential().Password,
        SecureString secure => new NetworkCredential("", secure).Password,
        string text => text,
        _ => throw SecretErrors.VaultSecretNotText(reference, secret.GetType().Name),
    };

    private static ReportException Explain(Func<PowerShell> create, ErrorRecord? refused, string? vault, string name, string reference)
    {
        var said = Said(refused);
        if (IsLocked(refused))
        {
            return SecretErrors.VaultLocked(reference, vault, said);
        }

        var vaults = vault is null ? null : Vaults(create);
        if (vault is not null && (vaults is null ? NoVault().IsMatch(said) : !vaults.Contains(vault, StringComparer.OrdinalIgnoreCase)))
        {
            return SecretErrors.VaultNotFound(reference, vault, EnglishText.List((vaults ?? []).Select(other => $"'{other}'"), "and"));
        }

        return refused is null || refused.CategoryInfo.Category == ErrorCategory.ObjectNotFound
            || refused.Exception is ItemNotFoundException || NoSecret().IsMatch(said)
            ? SecretErrors.VaultSecretNotFound(reference, vault, name)
            : SecretErrors.VaultFailed(reference, said);
    }

    /// <summary>SecretStore has an exception of its own for it, and other vaults say it in
    /// words; a prompt that nobody can answer is the same.</summary>
    private static bool IsLocked(ErrorRecord? refused)
    {
        for (var problem = refused?.Exception; problem is not null; problem = problem.InnerException)
        {
            if (problem is HostException || problem.GetType().Name == "PasswordRequiredException" || Locked().IsMatch(problem.Message))
            {
                return true;
            }
        }

        return false;
    }

    private static string Said(ErrorRecord? refused)
    {
        var deepest = refused?.Exception?.GetBaseException().Message ?? "";
        var first = refused?.Exception?.Message ?? "";
        return SecretErrors.OneLine(new InvalidOperationException(first == deepest ? first : $"{first} {deepest}")).Trim();
    }

    /// <summary>The names of the vaults; null where they cannot be listed.</summary>
    private static List<string>? Vaults(Func<PowerShell> create)
    {
        try
        {
            using var shell = create();
            var vaults = shell.AddCommand("Get-SecretVault").AddParameter("ErrorAction", "Ignore").Invoke();
            return [.. vaults.Select(vault => $"{vault.Properties["Name"]?.Value}").Where(name => name.Length > 0)];
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    /// <summary>The path of the module that the session has imported; null when it has none, and then its name is enough.</summary>
    private static string? ModulePath(PSCmdlet command)
    {
        try
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            return shell.AddCommand("Get-Module").AddParameter("Name", Module).Invoke<PSModuleInfo>().FirstOrDefault()?.Path;
        }
        catch (RuntimeException problem)
        {
            command.WriteDebug(problem.Message);
            return null;
        }
    }

    [GeneratedRegex(@"\block(ed)?\b|\bunlock|password is required|requires? a password|valid password|non-?interactive",
        RegexOptions.IgnoreCase)]
    private static partial Regex Locked();

    [GeneratedRegex(@"vault\b.*\b(not found|does not exist|not registered|no vault)|\bno vault\b|not found in registry",
        RegexOptions.IgnoreCase)]
    private static partial Regex NoVault();

    [GeneratedRegex(@"\b(not found|does not exist|no secret)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoSecret();
}
