using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Sources.Providers;

/// <summary>What a server says beside the rows: PRINT, RAISERROR up to severity 10, NOTICE, warnings.</summary>
internal static class DatabaseMessages
{
    private const int Longest = 2000;

    // "Changed database context", "Changed language setting": said at every login and every USE
    private const int ContextChanged = 5701;
    private const int LanguageChanged = 5703;

    /// <summary>Passes on what the server says from now on, on the client's thread. SQLite says nothing.</summary>
    public static void Listen(DbConnection connection, ReportProvider provider, Action<string> tell)
    {
        switch (provider)
        {
            case ReportProvider.SqlServer:
                ListenToSqlServer(connection, tell);
                break;
            case ReportProvider.PostgreSql:
                ListenToPostgreSql(connection, tell);
                break;
            case ReportProvider.MySql:
                ListenToMySql(connection, tell);
                break;
        }
    }

    /// <summary>Asks MySQL and MariaDB for the warnings of the query that has just ended: their client passes on only some by itself.</summary>
    public static void Ask(DbConnection connection, ReportProvider provider, Action<string> tell)
    {
        if (provider != ReportProvider.MySql)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SHOW WARNINGS";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Tell(tell, $"{reader.GetString(0)}: {reader.GetString(2)}");
        }
    }

    // each client is named in a method of its own, so that none is loaded before it is used
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListenToSqlServer(DbConnection connection, Action<string> tell) => ((SqlConnection)connection).InfoMessage += (_, said) =>
    {
        foreach (SqlError message in said.Errors)
        {
            if (message.Number is not (ContextChanged or LanguageChanged))
            {
                Tell(tell, message.Message);
            }
        }
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListenToPostgreSql(DbConnection connection, Action<string> tell) =>
        ((NpgsqlConnection)connection).Notice += (_, said) => Tell(tell, $"{said.Notice.Severity}: {said.Notice.MessageText}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListenToMySql(DbConnection connection, Action<string> tell) => ((MySqlConnection)connection).InfoMessage += (_, said) =>
    {
        foreach (var message in said.Errors)
        {
            Tell(tell, $"{message.Level}: {message.Message}");
        }
    };

    private static void Tell(Action<string> tell, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            tell(text.Length <= Longest ? text.TrimEnd() : text[..(Longest - 3)] + "...");
        }
    }
}
