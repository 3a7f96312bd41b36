using System.Text;
using ReportScheduler.Tests.Store;

namespace ReportScheduler.Tests.Secrets;

public sealed class SecretProtectorTests : StoreFolderFixture
{
    private string KeyPath => Path.Combine(Folder, "keys", "reports.db.key");

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData(" пароль 密码 🔑:;'\" ")]
    public void A_secret_comes_back_and_is_nowhere_in_the_files(string secret)
    {
        var store = NewStore();
        var sealedText = store.Secrets.Protect(secret);
        store.Connections.Put(new ReportConnection { Name = "c", ProtectedPassword = sealedText }, PutMode.Add);
        Assert.NotEqual(sealedText, store.Secrets.Protect(secret));
        Assert.Equal(secret, NewStore().Secrets.Unprotect(NewStore().Connections.Find("c")!.ProtectedPassword!));
        Assert.All(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories), file =>
            Assert.True(secret.Length == 0 || File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, file));
    }

    [Fact]
    public void A_store_without_its_key_says_which_file_is_missing()
    {
        var sealedText = NewStore().Secrets.Protect("hunter2");
        File.Delete(KeyPath);
        Expect("SecretKeyMissing", ReportErrorCategory.ObjectNotFound, sealedText);
    }

    [Fact]
    public void A_store_with_another_key_says_so()
    {
        var sealedText = NewStore().Secrets.Protect("hunter2");
        File.Delete(KeyPath);
        NewStore().Secrets.Protect("a new key is made");
        Expect("SecretKeyWrong", ReportErrorCategory.InvalidData, sealedText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v2:00000000:AAAA")]
    [InlineData("hunter2")]
    public void Text_that_was_not_protected_here_is_refused(string text)
    {
        NewStore().Secrets.Protect("x");
        Expect("SecretKeyWrong", ReportErrorCategory.InvalidData, text);
    }

    [Fact]
    public void Protected_text_that_was_changed_is_refused()
    {
        var sealedText = NewStore().Secrets.Protect("hunter2");
        var changed = sealedText[..^4] + (sealedText[^4] == 'A' ? 'B' : 'A') + sealedText[^3..];
        Expect("SecretKeyWrong", ReportErrorCategory.InvalidData, changed);
        Expect("SecretKeyWrong", ReportErrorCategory.InvalidData, sealedText[..14] + "AAAA");
        Expect("SecretKeyWrong", ReportErrorCategory.InvalidData, sealedText[..14] + "?");
    }

    private void Expect(string id, ReportErrorCategory category, string sealedText)
    {
        var problem = Assert.Throws<ReportException>(() => NewStore().Secrets.Unprotect(sealedText));
        Assert.Equal((id, category, KeyPath), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }
}
