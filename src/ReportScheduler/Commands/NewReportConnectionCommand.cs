using System.Management.Automation;
using ReportScheduler.Queries;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>Names a database that reports are made from.</summary>
/// <remarks>
/// The password is taken out of the connection string, kept apart and protected, and never shown. A SQLite file is opened
/// for reading only unless the connection string says Mode=ReadWrite. Nothing is connected to: Test-ReportConnection does that.
/// </remarks>
/// <example>
/// <code>New-ReportConnection -Name shop -ConnectionString 'sqlite:///shop.db'</code>
/// <para>Names the SQLite file shop.db of the current folder.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name erp -Provider SqlServer -ConnectionString 'Server=erp01;Database=erp;Encrypt=Mandatory' -Credential (Get-Credential report_reader)</code>
/// <para>Names a SQL Server database and asks for the password.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name dwh -ConnectionString 'postgresql://report@dwh:5432/sales' -PasswordReference env:DWH_PASSWORD</code>
/// <para>Reads the password from the environment when a task runs.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportConnection", SupportsShouldProcess = true)]
[OutputType(typeof(ReportConnection))]
public sealed class NewReportConnectionCommand : ConnectionDefinitionCommand
{
    /// <summary>The connection's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The provider's own form, a URL such as postgresql://user:password@host:5432/database, sqlite:///file, :memory:, or env:NAME.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string ConnectionString { get; set; } = "";

    /// <summary>A connection of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        ReportName.Check(Name);
        var connection = new ReportConnection { Name = Name };
        Apply(connection, ConnectionString);
        if (ShouldProcess(Name, "Make report connection"))
        {
            Store.PutConnection(connection, Force ? PutMode.Replace : PutMode.Add);
            WriteObject(Store.FindConnection(Name));
        }
    }
}
