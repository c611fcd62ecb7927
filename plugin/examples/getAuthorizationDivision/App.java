package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationDivisionArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var division = GenesyscloudoauthFunctions.getAuthorizationDivision(GetAuthorizationDivisionArgs.builder()
                .name("Sales")
                .build());

            ctx.export("divisionId", division.applyValue(result -> result.id()));
        });
    }
}
