using System.Net;
using ReportScheduler.Secrets;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Asks for a report connection, and tries it.</summary>
internal sealed class ConnectionQuestions(Questions ask, IStoreSecrets secrets, Func<string, string> fullPath, CancellationToken cancel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A connection that answers, or one that the person keeps although it does not.</summary>
    public ReportConnection Make(string name)
    {
        ask.Say($"'{name}' is a new connection.");
        while (true)
        {
            var connection = new ReportConnection { Name = name };
            var parsed = ask.Line("Database URL, connection string or SQLite file", null, text => Parse(name, text));
            parsed.ApplyTo(connection, secrets, fullPath);
            if (DatabaseProviders.Named(parsed.Provider).HasServer && parsed.Password is null)
            {
                Login(connection);
            }

            if (Answers(connection)
                || ask.Choose("Keep this connection anyway?", 1, ("&Yes", "Use it as it is."), ("&No", "Ask for it again.")) == 0)
            {
                return connection;
            }
        }
    }

    private ConnectionDefinition Parse(string name, string text)
    {
        try
        {
            return ConnectionDefinition.Parse(name, null, text, fullPath);
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(SourceErrors.ProviderNeeded))
        {
            string[] providers = [.. DatabaseProviders.Names];
            var chosen = ask.Choose("Which kind of database is it?", 0,
                [.. providers.Select((provider, index) => ($"&{index + 1} {provider}", $"{provider}"))]);
            return ConnectionDefinition.Parse(name, providers[Math.Max(0, chosen)], text, fullPath);
        }
    }

    private void Login(ReportConnection connection)
    {
        connection.UserName = ask.Line("User name", connection.UserName ?? "", answer => answer.Length == 0 ? null : answer);
        if (connection.UserName is { } user
            && new NetworkCredential("", ask.Secret($"Password of {user} (Enter for none)")).Password is { Length: > 0 } password)
        {
            (connection.PasswordReference, connection.ProtectedPassword) = secrets.Keep(password, fullPath);
        }
    }

    private bool Answers(ReportConnection connection)
    {
        try
        {
            using var database = ReportDatabase.Open(connection, secrets, retry: 0, Patience, cancel);
            ask.Say($"'{database.Server}' answers.");
            return true;
        }
        catch (ReportException problem) when (problem.ErrorId != nameof(CommandErrors.NobodyToAsk))
        {
            ask.Say(problem.Message);
            return false;
        }
    }
}
