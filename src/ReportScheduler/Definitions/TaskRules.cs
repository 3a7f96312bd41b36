using System.Collections;
using System.Globalization;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Sql;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Definitions;

/// <summary>What makes a report task valid by itself, whatever else the store has.</summary>
internal static class TaskRules
{
    /// <param name="task">The task.</param>
    /// <param name="provider">The database that reads its queries; null where its connection is not known, and then nobody knows their parameters.</param>
    /// <exception cref="ReportException">The first rule that the task breaks.</exception>
    public static void Check(ReportTask task, ReportProvider? provider)
    {
        ReportName.Check(task.Name);
        CheckQuery(task);
        ReportParameters.Check(task.Parameters);
        if (provider is { } known)
        {
            ReportParameters.CheckUse(task.AllDatasets(), task.Parameters, known);
        }

        CheckSchedule(task);
        CheckFiles(task);
        CheckMail(task);
        CheckLimits(task);
        ExportOptions.Check(task);
    }

    internal static void CheckQuery(ReportTask task)
    {
        if (task.Query is not null && task.Datasets is not null)
        {
            throw DefinitionErrors.QueryAmbiguous(task.Name);
        }

        if (task.Datasets is null)
        {
            if (string.IsNullOrWhiteSpace(task.Query))
            {
                throw DefinitionErrors.QueryMissing(task.Name);
            }

            SqlText.CheckNul(task.Name, task.Query);
            return;
        }

        if (task.Datasets.Count == 0)
        {
            throw DefinitionErrors.QueryMissing(task.Name);
        }

        foreach (DictionaryEntry dataset in task.Datasets)
        {
            if (dataset.Key is not string { Length: > 0 } name || string.IsNullOrWhiteSpace(name))
            {
                throw DefinitionErrors.DatasetNotUsable($"{dataset.Key}", "its name is empty");
            }

            if (dataset.Value is not string sql || string.IsNullOrWhiteSpace(sql))
            {
                throw DefinitionErrors.DatasetNotUsable(name, "its SQL text is empty");
            }

            SqlText.CheckNul(name, sql);
        }
    }

    internal static void CheckSchedule(ReportTask task)
    {
        string?[] kinds = [task.Cron is null ? null : "-Cron", task.Every is null ? null : "-Every", task.At is null ? null : "-At"];
        if (kinds.Count(kind => kind is not null) > 1)
        {
            throw DefinitionErrors.ScheduleAmbiguous(task.Name, string.Join(" and ", kinds.Where(kind => kind is not null)));
        }

        if (task.StartAt is { } startAt && task.EndAt is { } endAt && endAt <= startAt)
        {
            throw DefinitionErrors.ScheduleWindowEmpty(task.Name, startAt, endAt);
        }

        Zones.Find(task.TimeZone);
        TaskSchedule.Of(task);
    }

    internal static void CheckFiles(ReportTask task)
    {
        foreach (var repeated in task.Format.GroupBy(format => format).Where(group => group.Count() > 1))
        {
            throw DefinitionErrors.FormatRepeated(repeated.Key);
        }

        if (task.Format.Length == 0 && task.Destination is { } nowhere)
        {
            throw DefinitionErrors.DestinationNeedsFormat(nowhere);
        }

        if (task.Format.Length == 0 && !task.HasRecipients)
        {
            throw DefinitionErrors.NothingToMake(task.Name);
        }

        FileNames.Check(task);
        CheckFile(task.Logo, "logo");
        CheckFile(task.Template, "template");
        if (task.Destination is { } template && (template.Contains("{{", StringComparison.Ordinal) || template.Contains("{%", StringComparison.Ordinal)))
        {
            throw StoreErrors.FolderNotUsable(template, "a folder is no template; -FileName may be one, with the date in it");
        }

        if (task.Destination is { } folder && (folder.Contains('\0', StringComparison.Ordinal) || File.Exists(folder)))
        {
            throw StoreErrors.FolderNotUsable(folder, File.Exists(folder) ? "it is a file" : "it has a NUL character");
        }
    }

    private static void CheckFile(string? path, string purpose)
    {
        if (path is not null && !File.Exists(path))
        {
            throw SourceErrors.FileNotFound(path, purpose);
        }
    }

    private static void CheckMail(ReportTask task)
    {
        foreach (var address in (string[])[.. task.To, .. task.Cc, .. task.Bcc, .. task.ReplyTo])
        {
            MailAddresses.Check(address);
        }

        if (task.Owner is { } owner)
        {
            MailAddresses.Check(owner);
        }

        if (task.Subject is { } subject)
        {
            ReportTemplate.Check(subject, nameof(task.Subject), task);
        }

        if (task.Body is { } body)
        {
            ReportTemplate.Check(body, nameof(task.Body), task);
        }
    }

    private static void CheckLimits(ReportTask task)
    {
        CheckRange(task.Timeout, "timeout", "a duration from 1s to 24d", task.Timeout >= TimeSpan.FromSeconds(1) && task.Timeout <= TimeSpan.FromDays(24));
        CheckRange(task.Retry, "number of retries", "0 to 10", task.Retry is >= 0 and <= 10);
        CheckRange(task.MissedGrace, "grace for missed due times", "a duration that is not negative", task.MissedGrace is null || task.MissedGrace >= TimeSpan.Zero);
        CheckRange(task.NotifyEvery, "interval of failure mails", "1 or more", task.NotifyEvery is null or >= 1);
        CheckRange(task.PauseAfterFailures, "number of failures before a pause", "0 for never, or more", task.PauseAfterFailures is null or >= 0);
        CheckRange(task.KeepRuns, "number of runs to keep", "1 or more", task.KeepRuns is null or >= 1);
        CheckRange(task.KeepFilesFor, "time to keep files", "a duration of at least 1m", task.KeepFilesFor is null || task.KeepFilesFor >= TimeSpan.FromMinutes(1));
        CheckRange(task.Delimiter, "CSV delimiter", "one character other than a quote, a line end or a letter or digit",
            task.Delimiter is not { } delimiter || (delimiter is not ('"' or '\r' or '\n' or '\0') && !char.IsLetterOrDigit(delimiter)));
        if (task.Culture is { } culture)
        {
            CheckCulture(culture);
        }
    }

    private static void CheckRange(object? value, string member, string allowed, bool holds)
    {
        if (!holds)
        {
            throw DefinitionErrors.ValueOutOfRange(member, value!, allowed);
        }
    }

    private static void CheckCulture(string name)
    {
        try
        {
            CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            throw DefinitionErrors.CultureUnknown(name);
        }
    }
}
