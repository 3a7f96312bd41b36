using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Asks which report connection a task uses. A name that nobody has may be a slip, or a new one.</summary>
internal sealed class ConnectionChoice(Questions ask, IReportStore store, ConnectionQuestions questions)
{
    /// <returns>The name, and the connection where it is a new one that was made on the way.</returns>
    public (string Name, ReportConnection? New) Choose()
    {
        var known = store.Connections.All();
        if (known.Count > 0)
        {
            ask.Say($"Connections: {string.Join(", ", known.Select(each => $"{each.Name} ({each.Provider})"))}");
        }

        while (true)
        {
            var name = ask.Line(known.Count > 0 ? "Connection, or a name for a new one" : "Name for a new connection",
                known.Count > 0 ? known[0].Name : null, answer =>
            {
                ReportName.Check(answer);
                return answer;
            });
            if (store.Connections.Find(name) is { } found)
            {
                return (found.Name, null);
            }

            if (known.Count == 0 || Meant(name, known) is not { } meant)
            {
                return (name, questions.Make(name));
            }

            if (meant.Length > 0)
            {
                return (meant, null);
            }
        }
    }

    /// <returns>The name that was meant instead; empty to ask again; null for a new connection.</returns>
    private string? Meant(string name, IReadOnlyList<ReportConnection> known)
    {
        var near = NearMiss.Nearest(name, known.Select(each => each.Name));
        var choices = near.Select((other, index) => ($"&{index + 1} {other}", $"Use '{other}'."))
            .Concat([("&New", $"Make a new connection named '{name}'."), ("&Again", "Ask for the name again.")])
            .ToArray();
        var chosen = ask.Choose($"No connection is named '{name}'.{NearMiss.Hint(name, known.Select(each => each.Name))} Make a new one?",
            0, choices);
        return chosen == near.Count ? null : near.ElementAtOrDefault(chosen) ?? "";
    }
}
