using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Makes a report task: a query, a schedule, files and recipients.</summary>
/// <remarks>
/// Checked now, and not when the report is due, are addresses, cron text, time zone, templates, paths, formats and
/// parameter values. The query, and the columns that options such as -Total name, are checked by Test-ReportTask, which asks
/// the database. A task without -Cron, -Every or -At runs only when
/// Invoke-ReportTask is called. A task without -Format sends its rows in the mail.
/// A text in -Parameters may be a relative date, worked out from the due time, in the task's time zone, when a run starts: now,
/// today, yesterday, tomorrow, startOf with Minute, Hour, Day, Week, Month, Quarter or Year, endOf with Week, Month, Quarter or
/// Year, each followed by offsets in s, min, h, d, w, mo, q or y, such as startOfMonth-1mo or now-4h. Weeks begin on Monday. now,
/// startOfMinute, startOfHour and offsets in s, min or h give a time, all else a date; endOf is the last day of the period. What is
/// nearly such a word is an error; text: in front makes any text literal. Every parameter has to stand in a query as @name.
/// </remarks>
/// <example>
/// <code>New-ReportTask -Name 'Daily sales' -Connection shop -Query 'select * from sales where day = @day' -Parameters @{ day = 'yesterday' } -Cron '0 7 * * MON-FRI' -Format Excel, Pdf -To boss@example.com</code>
/// <para>Every weekday at seven, yesterday's sales are mailed as a workbook and a PDF.</para>
/// </example>
/// <example>
/// <code>New-ReportTask -Name 'Empty stock' -Connection shop -QueryPath ./stock.sql -Every 2h -SendWhen HasRows -To buyer@example.com</code>
/// <para>Every two hours, articles that are out of stock are listed in a mail, unless there are none.</para>
/// </example>
/// <example>
/// <code>New-ReportTask 'Weekly sales' shop -QueryPath ./weekly.sql -Parameters @{ since = 'startOfWeek-1w'; until = 'startOfWeek' } -Cron '0 9 * * MON' -TimeZone Europe/Paris -Format Excel, Pdf -ColumnFormat @{ amount = '#,##0.00' } -Total @{ amount = 'sum' } -To boss@example.com -Owner dba@example.com</code>
/// <para>Every Monday at nine in Paris, the sales of the week before, from Monday to
/// Sunday, with their total; the owner is notified when it fails.</para>
/// </example>
/// <example>
/// <code>New-ReportTask 'Month end' -Cron '0 6 1 * *' -Format Excel -Destination /srv/reports -Dataset @(
///     New-ReportDataset Regions shop 'select region, sum(amount) as amount from sales group by region' -Chart
/// (New-ReportChart Bar region amount)
///     New-ReportDataset Returns warehouse 'select * from returns' -Column (New-ReportColumn amount -Highlight 'greater
/// 1000 red' -Total sum)
/// )</code>
/// <para>On the first of the month, a workbook with a sheet for each query, from two databases, put into a folder.</para>
/// </example>
/// <example>
/// <code>New-ReportTask 'My region' shop -Query 'select r.manager_mail, s.* from sales s join region r on r.id = s.region order by r.manager_mail' -SplitBy manager_mail -To '{{ split.key }}' -Hide manager_mail -Format Excel -Also boss@example.com -Owner dba@example.com -Cron '0 7 * * MON'</code>
/// <para>Each manager gets a workbook with the sales of their own region, the boss gets all of them; rows of a region
/// without a manager go to the owner.</para>
/// </example>
/// <example>
/// <code>New-ReportTask 'By customer' shop -Query 'select * from invoice' -SplitBy customer -Recipients 'select id as key, mail as "to", format, language from customer where wants_report' -Subject 'Your {{ split.rows }} invoices' -Format Pdf -Unmatched Skip -Cron '@monthly'</code>
/// <para>A second query says who gets which part, as what file and in whose language of dates and numbers.</para>
/// </example>
/// <example>
/// <code>New-ReportTask Backups 'prod-*' -Query 'select name, finished_at from backups' -Cron '0 6 * * *' -Format Excel -To dba@example.com</code>
/// <para>One workbook with the rows of every connection whose name begins with
/// prod-; those that do not answer are in a sheet Errors.</para>
/// </example>
/// <example>
/// <code>New-ReportTask 'Free space' -Script { Get-Volume | Select-Object DriveLetter, SizeRemaining, Size } -Format Excel -To ops@example.com</code>
/// <para>A report whose rows are the objects of a script.</para>
/// </example>
/// <example>
/// <code>New-ReportTask -Interactive -TimeZone Europe/Paris</code>
/// <para>Asks for everything else, one question after the other, each again until its answer can be used.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportTask", DefaultParameterSetName = GivenSet, SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class NewReportTaskCommand : TaskDefinitionCommand, IDisposable
{
    private const string GivenSet = "Given";
    private const string InteractiveSet = "Interactive";

    private readonly StopSignal stop = new();

    /// <summary>Asks for what is not given: name, connection, query, schedule,
    /// recipients, formats; shows it, and makes it when you agree.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The task's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GivenSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = InteractiveSet)]
    [AllowEmptyString]
    public string Name { get; set; } = "";

    /// <summary>The name of the report connection. Several names, or a wildcard such as 'prod-*', run the query on each of them: the
    /// column connection says where a row is from. Not needed when every dataset has one of its own.</summary>
    [Parameter(Position = 1, ParameterSetName = GivenSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 1, ParameterSetName = InteractiveSet)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Connection { get; set; } = [];

    /// <summary>A task of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        var clock = Store.Clock;
        var task = new ReportTask
        {
            Id = Guid.NewGuid().ToString("n"),
            Name = Name,
            Connection = Connection.FirstOrDefault() ?? "",
            FurtherConnections = [.. Connection.Skip(1)],
            TimeZone = Zones.Local,
            CreatedAt = clock.GetUtcNow(),
        };
        if (IsTyped(nameof(Cron)) && string.IsNullOrEmpty(Cron))
        {
            throw CommandErrors.CronEmpty();
        }

        Apply(task);
        if (Interactive && !Ask(task, clock))
        {
            return;
        }

        if (!ShouldProcess(task.Name, Force ? "Create or replace report task" : "Create report task"))
        {
            if (Interactive)
            {
                // the dialogue may have led to a connection that is not made either
                TaskRules.Check(task, Store.ProviderOf);
            }
            else
            {
                TaskDefinition.Check(Store, task, Force ? PutMode.Replace : PutMode.Add);
            }

            return;
        }

        TaskDefinition.Save(Store, task, Force ? PutMode.Replace : PutMode.Add, reschedule: true, clock);
        Advise(task, rescheduled: true);
        Show(Store.FindTask(task.Name));
    }

    /// <summary>Completes the task in a dialogue, and stores the connection and the mail server that it led to.</summary>
    /// <returns>False when the person does not want the task.</returns>
    private bool Ask(ReportTask task, TimeProvider clock)
    {
        var dialogue = new TaskQuestions(new Questions(Host), Store, clock, FullPath, MyInvocation.BoundParameters.Keys, Force, stop.Token);
        if (!dialogue.Complete(task))
        {
            return false;
        }

        if (dialogue.NewConnection is { } connection && ShouldProcess(connection.Name, "Create report connection"))
        {
            Store.Connections.Put(connection, PutMode.Add);
        }

        if (dialogue.NewMailServer is { } server && ShouldProcess(server.Name, "Create report mail server"))
        {
            Store.MailServers.Put(server, PutMode.Add);
        }

        return true;
    }
}
