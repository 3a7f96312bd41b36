using System.Globalization;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Text;

namespace ReportScheduler.Splits;

internal static class SplitErrors
{
    public static ReportException SplitColumnMissing(string dataset, string column, IReadOnlyList<string> columns) =>
        new(nameof(SplitColumnMissing), ReportErrorCategory.InvalidArgument, column,
            $"The dataset '{dataset}' has no column '{column}', by which the report is split.{NearMiss.Hint(column, columns)} Its "
                + $"columns are {EnglishText.List(columns.Select(name => $"'{name}'"))}. "
            + "Every dataset of a split report needs the column, so that nobody sees the rows of others: select it, or give "
            + "another -SplitBy.");

    public static ReportException SplitsTooMany(string task, string column, int count, bool isMore, int most) =>
        new(nameof(SplitsTooMany), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture,
                $"The column '{column}' has {(isMore ? "more than " : "")}{count:N0} values, and -MaxSplits allows {most:N0} parts, so "
                    + $"nothing was made and nothing was sent. If so many are meant, Set-ReportTask '{task}' -MaxSplits allows up to "
                    + $"{ReportTask.MostSplits:N0}; if not, give another -SplitBy."));

    public static ReportException SplitRowsUnmatched(string column, string which) =>
        new(nameof(SplitRowsUnmatched), ReportErrorCategory.InvalidData, column,
            $"{which}, and the task says -Unmatched Fail, so nothing was sent. Correct the data, or give -Unmatched Owner or Skip.");

    public static ReportException SplitOwnerMissing(string column, string which) =>
        new(nameof(SplitOwnerMissing), ReportErrorCategory.InvalidData, column,
            $"{which}, and the task has no owner to send them to, so nothing was sent. Give -Owner, or -Unmatched Skip.");

    public static ReportException SplitKeyNotFound(string task, IEnumerable<string> wanted, IReadOnlyList<string> keys) =>
        new(nameof(SplitKeyNotFound), ReportErrorCategory.ObjectNotFound, task,
            $"The report '{task}' has no part {EnglishText.List(wanted.Select(key => $"'{key}'"), "or")} this "
                + $"time.{NearMiss.Hint(string.Join(' ', wanted), keys)}{Known(keys)} Capitals and small letters count.");

    public static ReportException SplitUnmatchedEmpty(string task, string column) =>
        new(nameof(SplitUnmatchedEmpty), ReportErrorCategory.ObjectNotFound, SplitPart.Unmatched,
            $"The report '{task}' has no part '{SplitPart.Unmatched}' this time: every row has something in '{column}', and every key "
                + "has an address. Leave that key out of -Key.");

    /// <summary>Some of the keys that were asked for are there, and others are not.</summary>
    public static string KeysMissing(IEnumerable<string> wanted, IReadOnlyList<string> keys)
    {
        List<string> missing = [.. wanted];
        return $"There is no part {EnglishText.List(missing.Select(key => $"'{key}'"), "or")} this time, which -Key names."
            + NearMiss.Hint(missing[0], keys) + Known(keys);
    }

    /// <summary>The parts that there are, as a sentence with a space in front. Of many the first ones.</summary>
    private static string Known(IReadOnlyList<string> keys) => keys.Count == 0
        ? " It has no other parts."
        : $" There {(keys.Count == 1 ? "is the part" : "are the parts")} {EnglishText.First(keys)}.";

    public static ReportException SplitKeyTooLong(string column, int length, int most) =>
        new(nameof(SplitKeyTooLong), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture, $"The column '{column}' has a value of {length:N0} characters, and the key of a "
                + $"part has {most:N0} at most. Give -SplitBy a column of names, numbers or addresses."));

    public static ReportException SplitFileNameTaken(string file, string one, string other) =>
        new(nameof(SplitFileNameTaken), ReportErrorCategory.ResourceExists, file,
            $"The parts '{one}' and '{other}' would both have the file '{file}', so nothing was sent. "
                + "Leave -FileName out, and their names differ by a number, or put something else into it in which they differ. "
                + "Capitals and small letters are not told apart, nor characters that no file name may have.");

    public static ReportException RecipientColumnUnknown(string column, IReadOnlyCollection<string> known) =>
        new(nameof(RecipientColumnUnknown), ReportErrorCategory.InvalidArgument, column,
            $"-Recipients gives a column '{column}', which says nothing about a recipient.{NearMiss.Hint(column, known)} "
                + $"The columns are {EnglishText.List(known)}; key is needed.");

    public static ReportException RecipientParametersNotUsable() =>
        new(nameof(RecipientParametersNotUsable), ReportErrorCategory.InvalidArgument, "parameters",
            "-Recipients gives a column 'parameters'. A split report is queried once for all its readers, so a reader has "
                + "no parameters of their own: select what each may see as rows with the key, or make a task for each set of parameters.");

    public static ReportException RecipientKeyMissing(IEnumerable<string> columns) =>
        new(nameof(RecipientKeyMissing), ReportErrorCategory.InvalidArgument, "key",
            $"-Recipients gives no column 'key', only {EnglishText.List(columns.Select(name => $"'{name}'"))}. "
                + "Name the one with the values of -SplitBy: select manager as key, ...");

    public static ReportException RecipientValueNotUsable(string key, string column, string value, string reason) =>
        new(nameof(RecipientValueNotUsable), ReportErrorCategory.InvalidData, value,
            $"The row of -Recipients for the key '{key}' has '{value}' as {column}: {reason.TrimEnd('.')}. "
                + "Correct the row, or leave the value empty for that of the task.");

    public static ReportException RecipientsTooMany(int most) =>
        new(nameof(RecipientsTooMany), ReportErrorCategory.InvalidData, most,
            string.Create(CultureInfo.InvariantCulture,
                $"-Recipients gives more than {most:N0} rows. Select those of this report only."));

    public static ReportException SplitDestinationNotUsable(string key, string folder) =>
        new(nameof(SplitDestinationNotUsable), ReportErrorCategory.InvalidData, folder,
            $"The folder of -Destination for the part '{key}' is '{folder}', which is no full path. "
                + $"Begin -Destination with a folder, such as '/srv/reports/{{{{ split.key }}}}'.");

    public static ReportException SplitSpoolNotWritten(string folder, Exception inner) =>
        new(nameof(SplitSpoolNotWritten), ReportErrorCategory.WriteError, folder,
            $"The rows of a split report could not be put aside in '{folder}'. Check its free space and its rights: {inner.Message}",
            inner);
}
