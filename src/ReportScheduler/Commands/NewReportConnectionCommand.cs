using System.Management.Automation;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Names a database that reports are made from.</summary>
/// <remarks>
/// The password is taken out of the connection string, kept apart and protected, and never shown. A SQLite file is opened
/// for reading, where a query can neither ATTACH another file nor VACUUM INTO one, unless the connection string has Mode=ReadWrite.
/// :memory: is an empty database of the run's own, in which a query may make tables, ATTACH any file that the account may read, and
/// write files with VACUUM INTO. What is for the whole process, such as pragma temp_store_directory, no query may set. The server's
/// administrator sees 'ReportScheduler: ' and the task's name as the program, unless the string has an Application Name. Nothing is
/// connected to: Test-ReportConnection does that.
/// </remarks>
/// <example>
/// <code>New-ReportConnection shop -Path ./shop.db</code>
/// <para>Names the SQLite file shop.db of the current folder.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name erp -Provider SqlServer -ConnectionString 'Server=erp01;Database=erp;Encrypt=Mandatory' -Credential (Get-Credential report_reader)</code>
/// <para>Names a SQL Server database and asks for the password.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name erp -Server erp01 -Database erp -TrustServerCertificate -InitSql 'SET LOCK_TIMEOUT 5000'</code>
/// <para>Logs in to SQL Server as the account that runs the task, takes its self-made
/// certificate, and waits for locks for five seconds at most.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name lake -Provider Odbc -ConnectionString 'Driver={Snowflake};Server=acme.snowflakecomputing.com;Database=SALES' -Credential (Get-Credential report)</code>
/// <para>Reads a database through its ODBC driver, which has to be installed. 'DSN=name' names a data source of ODBC's own manager.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection -Name dwh -ConnectionString 'postgresql://report@dwh:5432/sales' -PasswordReference env:DWH_PASSWORD</code>
/// <para>Reads the password from the environment when a task runs.</para>
/// </example>
/// <example>
/// <code>New-ReportConnection azure -Server example.database.windows.net -Database sales -Identity corp</code>
/// <para>Signs in to Azure SQL with a token of the report identity corp.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportConnection", DefaultParameterSetName = StringSet, SupportsShouldProcess = true)]
[OutputType(typeof(ReportConnection))]
public sealed class NewReportConnectionCommand : ConnectionDefinitionCommand
{
    private const string StringSet = "ConnectionString";
    private const string ServerSet = "Server";
    private const string PathSet = "Path";

    /// <summary>The connection's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The provider's own form, a URL such as postgresql://user:password@host:5432/database,
    /// sqlite:///file, :memory:, 'Driver={name};...' or 'DSN=name' of ODBC, or env:NAME.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = StringSet, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ConnectionStringCompleter))]
    public string ConnectionString { get; set; } = "";

    /// <summary>The server, in place of a connection string: SQL Server unless -Provider names another. A port or an instance
    /// follows it as the provider writes it: 'erp01,1434' and 'erp01\PROD' for SQL Server, 'db:5433' for the others.
    /// SQL Server without -Credential and -Identity takes the account that runs the task.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    public string Server { get; set; } = "";

    /// <summary>The database on that server. Default: the login's own.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public string? Database { get; set; }

    /// <summary>The file of a SQLite database, in place of a connection string.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    public string Path { get; set; } = "";

    /// <summary>Opens its sessions for reading only: a report that tries to write fails. The rights of
    /// the login are what protects the data; this protects from a slip.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>A connection of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override bool MakesStore => true;

    private protected override bool? IsReadOnly => ReadOnly;

    private protected override void Process()
    {
        ReportName.Check(Name);
        var connection = new ReportConnection { Name = Name };
        switch (ParameterSetName)
        {
            case ServerSet:
                Take(connection, ServerAddress.Parse(Name, Provider, Server, Database,
                    asAccount: Credential is null && string.IsNullOrWhiteSpace(Identity)));
                ApplyRest(connection);
                break;
            case PathSet:
                Take(connection, ConnectionDefinition.OfFile(Name, Provider, Path, FullPath));
                ApplyRest(connection);
                break;
            default:
                Apply(connection, ConnectionString);
                break;
        }

        if (ShouldProcess(Name, "Create report connection"))
        {
            Store.Connections.Put(connection, Force ? PutMode.Replace : PutMode.Add);
            WriteObject(ConnectionPlace.Show(Store.ConnectionNamed(Name)));
        }
    }
}
