using System.Globalization;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Text;

namespace ReportScheduler.Splits;

/// <summary>Works out which parts a split report has and who gets them, once all keys are known.</summary>
/// <param name="task">The task.</param>
/// <param name="request">What of it is asked for.</param>
/// <param name="templates">Makes addresses and folders.</param>
/// <param name="warn">Gets what is worth knowing.</param>
internal sealed class SplitPlan(ReportTask task, SplitRequest request, PartTemplates templates, Action<string> warn)
{
    private const int MostNamed = 5;
    private const int LongestKey = 10_000;
    private const int LongestShown = 60;

    private readonly List<(RowKey Key, string Reason)> homeless = [];

    /// <summary>The parts of the keys in the order in which they came, and at the end the part of what is nobody's.</summary>
    /// <exception cref="ReportException">There are too many, none of those that were
    /// asked for, or rows for nobody that the task forbids.</exception>
    /// <param name="keys">The keys.</param>
    /// <param name="gone">Keys that had rows the last time, and whose readers are told that these are gone.</param>
    public IReadOnlyList<PlannedPart> Parts(RowKeys keys, IReadOnlyList<RowKey> gone)
    {
        if (keys.Count > task.MaxSplits)
        {
            throw SplitErrors.SplitsTooMany(task.Name, task.SplitBy!, keys.Count, keys.IsEndless, task.MaxSplits);
        }

        CheckKeys(keys, gone);

        if (keys.Found.FirstOrDefault(key => key.Text!.Length > LongestKey) is { } tooLong)
        {
            throw SplitErrors.SplitKeyTooLong(task.SplitBy!, tooLong.Text!.Length, LongestKey);
        }

        List<PlannedPart> parts = [.. keys.Found.Select(key => (key, Parts: PartsOf(key))).ToList()
            .Where(each => IsWanted(each.key)).SelectMany(each => each.Parts), .. gone.SelectMany(PartsOf)];
        // without rows there is nothing that somebody else should get
        foreach (var each in homeless.Where(each => gone.Contains(each.Key)).DistinctBy(each => each.Key).ToList())
        {
            warn($"The key '{Shown(each.Key.Text!)}' no longer has rows, and {each.Reason.TrimEnd('.')}: no one was notified.");
            homeless.RemoveAll(other => other.Key == each.Key);
        }

        var without = request.Keys.Count > 0 && !request.AsksUnmatched ? 0 : keys.None.Rows;
        if (without + homeless.Count > 0 && Unmatched(keys.None, without) is { } unmatched)
        {
            parts.Add(unmatched);
        }
        else if (request.AsksUnmatched && !keys.Has(SplitPart.Unmatched))
        {
            var problem = SplitErrors.SplitUnmatchedEmpty(task.Name, task.SplitBy!);
            if (parts.Count == 0)
            {
                throw problem;
            }

            warn(problem.Message);
        }

        return parts;
    }

    private bool IsWanted(RowKey key) => request.IsWanted?.Invoke(key.Text!) ?? true;

    /// <summary>The whole report, for those who get all of it.</summary>
    public static PlannedPart Whole(ReportTask task, long rows, IEnumerable<string> columns)
    {
        var whole = task.ForPart();
        (whole.To, whole.Destination) = (task.Also, null);
        return new PlannedPart(new SplitPart(null, "all", rows, [.. columns.Select(name => KeyValuePair.Create(name, default(Cell)))]), [],
            [whole]);
    }

    private void CheckKeys(RowKeys keys, IReadOnlyList<RowKey> gone)
    {
        string[] unmatched = request.AsksUnmatched ? [SplitPart.Unmatched] : [];
        var missing = request.Missing([.. keys.Found.Where(IsWanted).Concat(gone).Select(key => key.Text!), .. unmatched]);
        IReadOnlyList<string> others = [.. keys.Unwanted, .. keys.Found.Where(key => !IsWanted(key)).Select(key => key.Text!)];
        if (request.Keys.Count > 0 && keys.Found.Count + gone.Count == 0 && !request.AsksUnmatched)
        {
            throw SplitErrors.SplitKeyNotFound(task.Name, request.Keys, others);
        }

        if (missing.Count > 0)
        {
            warn(SplitErrors.KeysMissing(missing, others));
        }
    }

    private IEnumerable<PlannedPart> PartsOf(RowKey key)
    {
        if (request.Readers is not { } readers)
        {
            return Order(key, null) is { } order ? [new PlannedPart(Part(key, null), [key], [order])] : [];
        }

        var own = readers.Of(key.Text!);
        if (own.Count == 0)
        {
            homeless.Add((key, "has no row in -Recipients"));
            return [];
        }

        var parts = new List<PlannedPart>();
        foreach (var look in own.GroupBy(reader => reader.Look))
        {
            List<ReportTask> orders = [.. look.Select(reader => Order(key, reader)).OfType<ReportTask>()];
            orders.Skip(1).ToList().ForEach(order => order.Destination = null);
            if (orders.Count > 0)
            {
                parts.Add(new PlannedPart(Part(key, look.First()), [key], orders));
            }
        }

        if (parts.Count > 0)
        {
            // one of several readers without an address does not make the key nobody's
            homeless.Where(each => each.Key == key).ToList()
                .ForEach(each => warn($"One of the readers of the key '{Shown(key.Text!)}' {each.Reason.TrimEnd('.')}, and got nothing."));
            homeless.RemoveAll(each => each.Key == key);
        }

        return parts;
    }

    /// <summary>The task as a reader of a key gets it.</summary>
    /// <returns>Null when there is no address that could be used.</returns>
    private ReportTask? Order(RowKey key, SplitReader? reader)
    {
        var order = task.ForPart();
        (order.Format, order.Culture) = (reader?.Format ?? task.Format, reader?.Culture ?? task.Culture);
        var part = Part(key, reader);
        try
        {
            IReadOnlyList<string> Addresses(string member, string? given, string[] ofTask) =>
                templates.Addresses(order, part, member,
                    given is null ? ofTask : MailAddresses.Split(given).Where(address => !MailAddresses.IsTemplate(address)));

            order.To = [.. Addresses(nameof(task.To), reader?.To, task.To)];
            order.Cc = [.. Addresses(nameof(task.Cc), reader?.Cc, task.Cc)];
            order.Bcc = [.. Addresses(nameof(task.Bcc), reader?.Bcc, task.Bcc)];
            order.Destination = templates.Folder(order, part);
            foreach (var address in order.To.Concat(order.Cc).Concat(order.Bcc))
            {
                MailAddresses.Check(address);
            }
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(MailErrors.AddressNotUsable))
        {
            homeless.Add((key, $"has an address that cannot be used: {problem.Message}"));
            return null;
        }
        catch (ReportException problem)
        {
            throw problem.About($"The part '{Shown(key.Text!)}' could not be made, so nothing was sent");
        }

        var isMailed = task.To.Length + task.Cc.Length + task.Bcc.Length > 0 || request.Readers is { HasAddresses: true };
        var isReached = task.To.Length > 0 || reader?.To is not null ? order.To.Length > 0 : order.Cc.Length + order.Bcc.Length > 0;
        if (isMailed && !isReached)
        {
            homeless.Add((key, "has no address"));
            return null;
        }

        return order;
    }

    private SplitPart Part(RowKey key, SplitReader? reader) => new(key.Text!, key.Text!, key.Rows, Values(key.First, reader));

    private List<KeyValuePair<string, Cell>> Values(IReadOnlyList<KeyValuePair<SourceColumn, Cell>> first, SplitReader? reader)
    {
        var values = first.Select(value => KeyValuePair.Create(value.Key.Name, value.Value)).ToList();
        // what is nobody's has nothing there, which is no mistake of the template
        var nothing = (request.Readers?.Names ?? []).Select(name => KeyValuePair.Create(name, default(Cell)));
        values.AddRange((reader?.Values ?? []).Concat(nothing).DistinctBy(value => value.Key)
            .Where(value => !values.Exists(other => other.Key.Equals(value.Key, StringComparison.OrdinalIgnoreCase))));
        return values;
    }

    private PlannedPart? Unmatched(RowKey none, long without)
    {
        var keys = homeless.Select(each => each.Key).Distinct().ToList();
        var which = Describe(without, keys);
        var isOne = without + keys.Sum(key => key.Rows) == 1;
        // who asks for the part by its name gets it, whatever becomes of it else
        switch (request.AsksUnmatched ? UnmatchedPolicy.Owner : task.Unmatched)
        {
            case UnmatchedPolicy.Fail:
                throw SplitErrors.SplitRowsUnmatched(task.SplitBy!, which);
            case UnmatchedPolicy.Skip:
                warn($"{which}. {(isOne ? "It was" : "They were")} left out.");
                return null;
        }

        if (task.Owner is null && !(request.AsksUnmatched && request.IsTrial))
        {
            throw SplitErrors.SplitOwnerMissing(task.SplitBy!, which);
        }

        warn(task.Owner is { } owner ? $"{which}. The owner {owner} gets {(isOne ? "it" : "them")}." : $"{which}.");
        var order = task.ForPart();
        (order.To, order.Destination) = ([.. new[] { task.Owner ?? request.RedirectTo }.OfType<string>()], null);
        List<RowKey> all = without > 0 ? [none, .. keys] : keys;
        return new PlannedPart(
            new SplitPart(SplitPart.Unmatched, "unmatched", all.Sum(key => key.Rows),
                Values(all[0].First, null))
            {
                Note = $"{which}, so {(isOne ? "it is" : "they are")} in none of the other parts.",
            }, all, [order]);
    }

    private string Describe(long without, List<RowKey> keys)
    {
        var said = new List<string>();
        if (without > 0)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture,
                $"{without:N0} {(without == 1 ? "row has" : "rows have")} nothing in '{task.SplitBy}'"));
        }

        said.AddRange(homeless.DistinctBy(each => each.Key).Take(MostNamed)
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"the key '{Shown(each.Key.Text!)}' ({each.Key.Rows:N0} "
                + $"{(each.Key.Rows == 1 ? "row" : "rows")}) {each.Reason.TrimEnd('.')}")));
        if (keys.Count > MostNamed)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{keys.Count - MostNamed:N0} more keys have no address"));
        }

        var text = EnglishText.List(said);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Shown(string key) => OneLine.Of(key.Length > LongestShown ? key[..LongestShown] + "..." : key);
}
