using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Changes report connections: only what is given.</summary>
/// <remarks>The password stays unless a new one is given, with -Credential, -PasswordReference or in -ConnectionString.</remarks>
/// <example>
/// <code>Set-ReportConnection shop -ConnectionString 'sqlite:///new/shop.db' -PassThru</code>
/// <para>Points the connection to another file.</para>
/// </example>
/// <example>
/// <code>Set-ReportConnection erp -ReadOnly -MaxConcurrent 2</code>
/// <para>A report that tries to write fails, and no more than two reports use the server at once.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportConnection", SupportsShouldProcess = true)]
[OutputType(typeof(ReportConnection))]
public sealed class SetReportConnectionCommand : ConnectionDefinitionCommand
{
    /// <summary>The name of the report connection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Another connection string, in any of the forms of New-ReportConnection.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionStringCompleter))]
    public string? ConnectionString { get; set; }

    /// <summary>Opens its sessions for reading only: a report that tries to write fails. -ReadOnly:$false lifts it.
    /// The rights of the login are what protects the data; this protects from a slip.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Shows the changed connection.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override bool? IsReadOnly => IsTyped(nameof(ReadOnly)) ? ReadOnly.IsPresent : null;

    private protected override void Process()
    {
        var (was, connection) = (Store.ConnectionNamed(Name), Store.ConnectionNamed(Name));
        var (before, password) = (DefinitionJson.Write(connection), connection.ProtectedPassword);
        var provider = string.IsNullOrWhiteSpace(Provider) ? null : Provider;
        Change(connection);
        if (!ShouldProcess(Name, "Change report connection: "
            + $"{ChangeText.Of(before, DefinitionJson.Write(connection), password != connection.ProtectedPassword)}"))
        {
            return;
        }

        Store.Connections.Update(was, connection, () => Store.ConnectionNamed(Name), Change);
        if (PassThru)
        {
            WriteObject(ConnectionPlace.Show(Store.ConnectionNamed(Name)));
        }

        void Change(ReportConnection connection)
        {
            Provider = provider ?? connection.Provider;
            Apply(connection, ConnectionString);
        }
    }
}
