using System.Management.Automation;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Names a way to send reports: an SMTP server, Microsoft Graph, or a pickup folder of .eml files.</summary>
/// <remarks>The password is kept apart and protected, and never shown. Nothing is connected to: Test-ReportMailServer does that.</remarks>
/// <example>
/// <code>New-ReportMailServer -Name office -SmtpHost smtp.example.com -From 'Reports &lt;reports@example.com&gt;' -Credential (Get-Credential reports)</code>
/// <para>Names an SMTP server with login.</para>
/// </example>
/// <example>
/// <code>New-ReportMailServer office -Graph -Identity corp -From reports@example.com</code>
/// <para>Sends through Microsoft Graph with tokens of the report identity 'corp': for Microsoft 365 without SMTP.</para>
/// </example>
/// <example>
/// <code>New-ReportMailServer -Name pickup -PickupDirectory ./mail -From reports@example.com</code>
/// <para>Mails become files in a folder.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportMailServer", SupportsShouldProcess = true)]
[OutputType(typeof(ReportMailServer))]
public sealed class NewReportMailServerCommand : MailServerDefinitionCommand
{
    /// <summary>The mail server's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>A mail server of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        ReportName.Check(Name);
        var server = new ReportMailServer { Name = Name };
        Apply(server);
        if (!ShouldProcess(Name, "Create report mail server"))
        {
            return;
        }

        Prepare(server);
        Store.MailServers.Put(server, Force ? PutMode.Replace : PutMode.Add);
        WriteObject(Store.MailServers.Find(Name));
    }
}
