using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Changes report mail servers: only what is given.</summary>
/// <remarks>-SmtpHost, -Graph and -PickupDirectory take each other's place. The password stays unless a new one is given.</remarks>
/// <example>
/// <code>Set-ReportMailServer office -Port 465 -Security Tls -PassThru</code>
/// <para>Changes to TLS from the start.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportMailServer", SupportsShouldProcess = true)]
[OutputType(typeof(ReportMailServer))]
public sealed class SetReportMailServerCommand : MailServerDefinitionCommand
{
    /// <summary>The name of the report mail server.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Shows the changed mail server.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var (was, server) = (Store.MailServerNamed(Name), Store.MailServerNamed(Name));
        var before = DefinitionJson.Write(server);
        Apply(server);
        if (!ShouldProcess(Name,
            $"Change report mail server: {ChangeText.Of(before, DefinitionJson.Write(server), Credential is not null)}"))
        {
            return;
        }

        Prepare(server);
        Store.MailServers.Update(was, server, () => Store.MailServerNamed(Name), current =>
        {
            Apply(current);
            Prepare(current);
        });
        if (PassThru)
        {
            WriteObject(Store.MailServers.Find(Name));
        }
    }
}
