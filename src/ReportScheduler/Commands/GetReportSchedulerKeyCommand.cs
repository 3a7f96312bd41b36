using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Lists the keys of the HTTP trigger, without the keys themselves.</summary>
/// <remarks>Shows the name, the tasks it may run and when it was made. The key itself was shown once, when it was made.</remarks>
/// <example>
/// <code>Get-ReportSchedulerKey</code>
/// <para>Shows who can call.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportSchedulerKey")]
[OutputType(typeof(ReportSchedulerKey))]
public sealed class GetReportSchedulerKeyCommand : ReportCommand
{
    /// <summary>The names of the keys. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process()
    {
        var keys = Store.Keys.All();
        foreach (var name in Name)
        {
            var pattern = Wildcards.Of(name);
            var found = keys.Where(key => pattern.IsMatch(key.Name)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                Guard(() => throw StoreErrors.NotFound("ReportSchedulerKey", name, keys.Select(key => key.Name)));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
